package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;

import io.kintospring.KintoRetry;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * HTTP request to a Kinto server, relative to the root of the API. Immutable.
 *
 * @param operation the name of the call for messages and observations, such as
 * {@code createRecord}
 * @param method the HTTP method
 * @param path the path below the API's root, starting with a slash, encoded
 * @param query the query without the question mark, encoded; empty for none
 * @param headers the headers, without the length of the body and the credentials
 * @param body the body, or {@code null} for none: a {@link ByteArrayResource} of JSON, or
 * any other resource, which is streamed
 * @param retry the retry settings of the request, or {@code null} for those of the client
 */
public record KintoRequest(String operation, HttpMethod method, String path, String query, HttpHeaders headers,
		@Nullable Resource body, @Nullable KintoRetry retry) {

	static final String JSON_PATCH = "application/json-patch+json";

	static final String HEARTBEAT = "/__heartbeat__";

	/** Path of the server information. */
	static final String ROOT = "/";

	/** Path segments that are neither ids nor followed by an id. */
	private static final Set<String> NAMES = Set.of("", "batch", "permissions", "history", "snapshot", "attachment",
			"__heartbeat__", "__lbheartbeat__", "__version__", "__flush__");

	/**
	 * Create a request.
	 * @throws IllegalArgumentException if the path does not start with a slash
	 */
	public KintoRequest {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(operation + ": the path '" + path
					+ "' must start with a slash and be relative to the root of the API, such as '/buckets/b'");
		}
		headers = HttpHeaders.readOnlyHttpHeaders(headers);
	}

	/**
	 * Create a request without a query and a body. Its only header is {@code Accept} with
	 * JSON.
	 * @param operation the name of the call, for messages and observations
	 * @param method the HTTP method
	 * @param path the path below the API's root, starting with a slash, encoded
	 * @return the request
	 * @throws IllegalArgumentException if the path does not start with a slash
	 */
	public static KintoRequest of(String operation, HttpMethod method, String path) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		return new KintoRequest(operation, method, path, "", headers, null, null);
	}

	/**
	 * Return a copy of this request with a JSON body and its {@code Content-Type}.
	 * @param json the body, as JSON
	 * @return the copy
	 */
	public KintoRequest withBody(String json) {
		return withHeaders((headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE))
			.withBody(new ByteArrayResource(json.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Return a copy of this request with a streamed body. Its {@code Content-Type} must
	 * be among the headers.
	 * @param body the body
	 * @return the copy
	 */
	public KintoRequest withBody(Resource body) {
		return new KintoRequest(this.operation, this.method, this.path, this.query, this.headers, body, this.retry);
	}

	/**
	 * Return a copy of this request with other headers.
	 * @param change changes a copy of the headers
	 * @return the copy
	 */
	public KintoRequest withHeaders(Consumer<HttpHeaders> change) {
		HttpHeaders changed = new HttpHeaders();
		changed.putAll(this.headers);
		change.accept(changed);
		return new KintoRequest(this.operation, this.method, this.path, this.query, changed, this.body, this.retry);
	}

	/**
	 * Return a copy of this request with another query.
	 * @param query the query without the question mark, encoded; empty for none
	 * @return the copy
	 */
	public KintoRequest withQuery(String query) {
		return new KintoRequest(this.operation, this.method, this.path, query, this.headers, this.body, this.retry);
	}

	/**
	 * Return a copy of this request with other settings for sending it again.
	 * @param retry the settings, or {@code null} for those of the client
	 * @return the copy
	 */
	public KintoRequest withRetry(@Nullable KintoRetry retry) {
		return new KintoRequest(this.operation, this.method, this.path, this.query, this.headers, this.body, retry);
	}

	/**
	 * Return whether the request only reads.
	 * @return {@code true} for {@code GET} and {@code HEAD}
	 */
	public boolean isRead() {
		return this.method == HttpMethod.GET || this.method == HttpMethod.HEAD;
	}

	/**
	 * Return whether the request has the same effect when it is applied twice. A
	 * condition on the version prevents that it is applied twice. Kinto ignores
	 * {@code If-Match: *}.
	 */
	boolean isRepeatable() {
		if (this.method == HttpMethod.PATCH) {
			String version = this.headers.getFirst(HttpHeaders.IF_MATCH);
			return (version != null && !version.equals("*"))
					|| !JSON_PATCH.equals(this.headers.getFirst(HttpHeaders.CONTENT_TYPE));
		}
		return isRead() || this.method == HttpMethod.PUT || this.method == HttpMethod.DELETE;
	}

	/**
	 * Return whether the request asks for the state of the server, so that it should not
	 * be sent again.
	 * @return {@code true} for the heartbeat
	 */
	public boolean isProbe() {
		return this.path.equals(HEARTBEAT);
	}

	/**
	 * Return whether the request asks for the state or the information of the server, so
	 * that a backoff should not delay it.
	 * @return {@code true} for the heartbeat and the root of the API
	 */
	public boolean isAboutServer() {
		return isProbe() || (isRead() && this.path.equals(ROOT));
	}

	/**
	 * Return whether the body is streamed, which can take any time.
	 * @return {@code false} if it is in memory, or if there is none
	 */
	public boolean isStreamed() {
		return this.body != null && !(this.body instanceof ByteArrayResource);
	}

	/**
	 * Return the path and the query.
	 * @return the part of the URL after the root of the API
	 */
	public String target() {
		return this.query.isEmpty() ? this.path : this.path + "?" + this.query;
	}

	/**
	 * Return the path with placeholders for ids, such as for metrics. Asterisks replace
	 * the rest of an unknown path.
	 * @return the route, such as <code>/buckets/{bucket}/collections/{collection}</code>
	 * or <code>/buckets/{bucket}/**</code>
	 */
	public String route() {
		StringBuilder route = new StringBuilder(this.path.length());
		String kind = null;
		for (int start = 0; start < this.path.length();) {
			int slash = this.path.indexOf('/', start + 1);
			int end = (slash >= 0) ? slash : this.path.length();
			if (kind != null) {
				route.append("/{").append(kind).append('}');
				kind = null;
			}
			else {
				String name = this.path.substring(start + 1, end);
				kind = ObjectKind.ofList(name);
				if (kind == null && !NAMES.contains(name)) {
					return route.append("/**").toString();
				}
				route.append(this.path, start, end);
			}
			start = end;
		}
		return route.toString();
	}

	/**
	 * Return the ids in the path. Each invocation reads the path.
	 * @return the ids
	 */
	public RequestedIds ids() {
		return RequestedIds.of(this.path);
	}

	/**
	 * Return the operation, method and path. The query, headers and body may be
	 * confidential.
	 */
	@Override
	public String toString() {
		return this.operation + " " + this.method + " " + this.path;
	}

}
