package io.kintospring.embedded.request;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Response, independent of HTTP.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, or {@code null} if there is none; a binary node contains the
 * content of a file, or the JSON as bytes
 */
public record KintoResponse(HttpStatus status, HttpHeaders headers, @Nullable JsonNode body) {

	public static KintoResponse of(HttpStatus status, JsonNode body) {
		KintoResponse response = new KintoResponse(status, new HttpHeaders(), body);
		response.headers.setContentType(MediaType.APPLICATION_JSON);
		return response;
	}

	public static KintoResponse ok(JsonNode body) {
		return of(HttpStatus.OK, body);
	}

	/**
	 * Create a response with the content of a file.
	 * @param type the media type
	 * @param content the content
	 * @return the response
	 */
	public static KintoResponse file(MediaType type, byte[] content) {
		return content(HttpStatus.OK, type, content);
	}

	/**
	 * Create a response whose body is not JSON.
	 * @param status the status
	 * @param type the media type
	 * @param content the body
	 * @return the response
	 */
	public static KintoResponse content(HttpStatus status, MediaType type, byte[] content) {
		KintoResponse response = new KintoResponse(status, new HttpHeaders(),
				JsonNodeFactory.instance.binaryNode(content));
		response.headers.setContentType(type);
		return response;
	}

	/**
	 * Create a response without a body and its headers.
	 * @param status the status
	 * @return the response
	 */
	public static KintoResponse bare(HttpStatus status) {
		return new KintoResponse(status, new HttpHeaders(), null);
	}

	/**
	 * Create a JSON response without a body.
	 * @return the response
	 */
	public static KintoResponse empty() {
		KintoResponse response = bare(HttpStatus.OK);
		response.headers.setContentType(MediaType.APPLICATION_JSON);
		return response;
	}

	public static KintoResponse notModified(long timestamp) {
		return bare(HttpStatus.NOT_MODIFIED).timestamp(timestamp);
	}

	/**
	 * Write the JSON of the body.
	 * @param out the stream to write to
	 * @param maxBytes the maximum number of bytes
	 * @throws KintoError if the JSON has more bytes
	 */
	public void writeJson(OutputStream out, long maxBytes) {
		Json.write(Objects.requireNonNull(this.body), new LimitedOutputStream(out, maxBytes));
	}

	/**
	 * Return the same response with its body as bytes, which is certainly not too large.
	 * @param maxBytes the maximum number of bytes
	 * @return the response
	 * @throws KintoError if the JSON of the body has more bytes
	 */
	public KintoResponse written(long maxBytes) {
		if (this.body == null || this.body.isBinary()) {
			return this;
		}
		ByteArrayOutputStream json = new ByteArrayOutputStream();
		writeJson(json, maxBytes);
		return new KintoResponse(this.status, this.headers, JsonNodeFactory.instance.binaryNode(json.toByteArray()));
	}

	/**
	 * Set a header.
	 * @param name the name
	 * @param value the value
	 * @return this response
	 */
	public KintoResponse header(String name, String value) {
		this.headers.set(name, value);
		return this;
	}

	/**
	 * Add an {@code Alert} header.
	 * @param code the code of the alert, such as {@code soft-eol}
	 * @param message the message for developers, or an empty string
	 * @param url the URL of more information, or an empty string
	 * @return this response
	 */
	public KintoResponse alert(String code, String message, String url) {
		ObjectNode alert = Json.object().put("code", code);
		alert.put("message", message.isEmpty() ? null : message);
		alert.put("url", url.isEmpty() ? null : url);
		return header("Alert", alert.toString());
	}

	public KintoResponse timestamp(long timestamp) {
		this.headers.setETag("\"" + timestamp + "\"");
		this.headers.setLastModified(timestamp);
		return this;
	}

	/**
	 * Allow caches to keep the response.
	 * @param seconds the lifetime in seconds, or 0 to forbid caching
	 * @param clock the clock
	 * @return this response
	 */
	public KintoResponse cached(long seconds, Clock clock) {
		this.headers.setExpires(clock.instant().plusSeconds(seconds));
		if (seconds == 0) {
			this.headers.setPragma("no-cache");
			this.headers.setCacheControl("max-age=0, must-revalidate, no-cache, no-store");
		}
		else {
			this.headers.setCacheControl("max-age=" + seconds);
		}
		return this;
	}

	public KintoResponse notCached() {
		return header(HttpHeaders.CACHE_CONTROL, "no-cache, no-store");
	}

}
