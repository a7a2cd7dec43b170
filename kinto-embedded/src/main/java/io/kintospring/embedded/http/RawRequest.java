package io.kintospring.embedded.http;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.KintoError;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * HTTP request with its target taken apart.
 *
 * @param method the method
 * @param path the encoded path
 * @param query the encoded query, or {@code null} if there is none
 * @param host the host and port that the client uses, empty if it does not say
 * @param headers the headers
 * @param body the body, empty if there is none
 */
record RawRequest(HttpMethod method, String path, @Nullable String query, String host, HttpHeaders headers,
		byte[] body) {

	private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]*", Pattern.CASE_INSENSITIVE);

	private static final Pattern NO_URL = Pattern.compile("[^!-~]|%(?![0-9a-fA-F]{2})");

	private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:\\d*)?");

	/**
	 * Read a request. Its target can be a whole URL, whose host does not count, as in
	 * Kinto.
	 * @param request the request
	 * @return the request
	 * @throws KintoError if the request does not have exactly one valid host
	 */
	static RawRequest read(FullHttpRequest request) {
		String target = encoded(withoutFragment(ORIGIN.matcher(request.uri()).replaceFirst("")));
		int query = target.indexOf('?');
		String path = (query < 0) ? target : target.substring(0, query);
		return new RawRequest(HttpMethod.valueOf(request.method().name()), withOneSlash(path),
				(query < 0) ? null : target.substring(query + 1), host(request),
				new HttpHeaders(new Netty4HeadersAdapter(request.headers())), ByteBufUtil.getBytes(request.content()));
	}

	/**
	 * Remove additional slashes at the start, as waitress does.
	 */
	private static String withOneSlash(String path) {
		return (path.isEmpty() || path.startsWith("//")) ? "/" + path.replaceFirst("^/+", "") : path;
	}

	private static String withoutFragment(String target) {
		int fragment = target.indexOf('#');
		return (fragment < 0) ? target : target.substring(0, fragment);
	}

	/**
	 * Encode what cannot be part of a URL, because responses repeat it in headers.
	 */
	private static String encoded(String target) {
		return NO_URL.matcher(target)
			.replaceAll((match) -> "%" + HexFormat.of().withUpperCase().toHexDigits((byte) match.group().charAt(0)));
	}

	private static String host(FullHttpRequest request) {
		List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
		boolean optional = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
		if (hosts.isEmpty() && optional) {
			return "";
		}
		if (hosts.size() != 1 || !HOST.matcher(hosts.get(0)).matches()) {
			throw KintoError.of(HttpStatus.BAD_REQUEST, Errno.INVALID_PARAMETERS,
					"The request must have exactly one Host header with a valid host");
		}
		return hosts.get(0);
	}

}
