package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * A request to a Kinto server, wherever that is.
 *
 * @param operation the name of the call, such as {@code createRecord}
 * @param method the HTTP method
 * @param path the path below the API's root, starting with a slash, encoded
 * @param query the query without the question mark, encoded; empty for none
 * @param headers the headers, without those for the body's length and the user's
 * credentials
 * @param body the body, or {@code null} for none: a {@link ByteArrayResource} of JSON, or
 * what is to be sent piece by piece while it is read
 */
public record KintoRequest(String operation, HttpMethod method, String path, String query, HttpHeaders headers,
		@Nullable Resource body) {

	/** Names in paths that are neither ids nor followed by one. */
	private static final Set<String> NAMES = Set.of("", "batch", "permissions", "history", "snapshot", "attachment",
			"__heartbeat__", "__lbheartbeat__", "__version__", "__flush__");

	/**
	 * Create a request.
	 * @throws IllegalArgumentException if the path does not start with a slash
	 */
	public KintoRequest {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(operation + ": the path '" + path
					+ "' must start with a slash, as in '/buckets/b': it is below the root of the server's API");
		}
		headers = HttpHeaders.readOnlyHttpHeaders(headers);
	}

	/**
	 * Create a request without a query, headers and a body.
	 * @param operation a name for messages
	 * @param method the HTTP method
	 * @param path the path below the API's root, starting with a slash, encoded
	 * @return the request, which accepts JSON
	 * @throws IllegalArgumentException if the path does not start with a slash
	 */
	public static KintoRequest of(String operation, HttpMethod method, String path) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		return new KintoRequest(operation, method, path, "", headers, null);
	}

	/**
	 * Return this request with a body.
	 * @param json the body, as JSON
	 * @return a copy with that body
	 */
	public KintoRequest withBody(String json) {
		KintoRequest request = withHeaders(
				(headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE));
		return new KintoRequest(this.operation, this.method, this.path, this.query, request.headers(),
				new ByteArrayResource(json.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Return this request with a body that is sent piece by piece.
	 * @param body the body, of the type that the header says
	 * @return a copy with that body
	 */
	public KintoRequest withBody(Resource body) {
		return new KintoRequest(this.operation, this.method, this.path, this.query, this.headers, body);
	}

	/**
	 * Return this request with other headers.
	 * @param change changes a copy of the headers
	 * @return a copy with those headers
	 */
	public KintoRequest withHeaders(Consumer<HttpHeaders> change) {
		HttpHeaders changed = new HttpHeaders();
		changed.putAll(this.headers);
		change.accept(changed);
		return new KintoRequest(this.operation, this.method, this.path, this.query, changed, this.body);
	}

	/**
	 * Return this request with another query.
	 * @param query the query without the question mark, encoded; empty for none
	 * @return a copy with that query
	 */
	public KintoRequest withQuery(String query) {
		return new KintoRequest(this.operation, this.method, this.path, query, this.headers, this.body);
	}

	/**
	 * Return whether the body is sent piece by piece, which can take any time.
	 * @return {@code false} if it is in memory, or if there is none
	 */
	public boolean isStreamed() {
		return this.body != null && !(this.body instanceof ByteArrayResource);
	}

	/**
	 * Return the path and the query.
	 * @return what follows the API's root in the URL
	 */
	public String target() {
		return this.query.isEmpty() ? this.path : this.path + "?" + this.query;
	}

	/**
	 * Return the path with names in the place of ids, to count requests by. From where it
	 * is not known what is an id, there are asterisks.
	 * @return such as <code>/buckets/{bucket}/collections/{collection}</code>, or
	 * <code>/buckets/{bucket}/**</code>
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
	 * Return what is safe to log: the operation, method and path, but no query, header or
	 * body.
	 */
	@Override
	public String toString() {
		return this.operation + " " + this.method + " " + this.path;
	}

}
