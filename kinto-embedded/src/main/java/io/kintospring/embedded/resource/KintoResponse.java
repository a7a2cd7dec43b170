package io.kintospring.embedded.resource;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * An answer, however it goes.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, which may be bytes that are no JSON; none for no body
 */
public record KintoResponse(HttpStatus status, HttpHeaders headers, @Nullable JsonNode body) {

	static KintoResponse of(HttpStatus status, JsonNode body) {
		KintoResponse response = new KintoResponse(status, new HttpHeaders(), body);
		response.headers.setContentType(MediaType.APPLICATION_JSON);
		return response;
	}

	static KintoResponse ok(JsonNode body) {
		return of(HttpStatus.OK, body);
	}

	/**
	 * The content of a file.
	 * @param type its media type
	 * @param content its bytes
	 * @return the answer
	 */
	static KintoResponse file(MediaType type, byte[] content) {
		KintoResponse response = new KintoResponse(HttpStatus.OK, new HttpHeaders(),
				JsonNodeFactory.instance.binaryNode(content));
		response.headers.setContentType(type);
		return response;
	}

	/**
	 * An answer of JSON that says nothing.
	 * @return the answer
	 */
	static KintoResponse empty() {
		KintoResponse response = new KintoResponse(HttpStatus.OK, new HttpHeaders(), null);
		response.headers.setContentType(MediaType.APPLICATION_JSON);
		return response;
	}

	static KintoResponse notModified(long timestamp) {
		return new KintoResponse(HttpStatus.NOT_MODIFIED, new HttpHeaders(), null).timestamp(timestamp);
	}

	KintoResponse header(String name, String value) {
		this.headers.set(name, value);
		return this;
	}

	/**
	 * Warns the client.
	 * @param code what of, as in <code>soft-eol</code>
	 * @param message a text for developers, empty for none
	 * @param url where they can read more, empty for none
	 * @return this answer
	 */
	KintoResponse alert(String code, String message, String url) {
		ObjectNode alert = Json.object().put("code", code);
		alert.put("message", message.isEmpty() ? null : message);
		alert.put("url", url.isEmpty() ? null : url);
		return header("Alert", alert.toString());
	}

	KintoResponse timestamp(long timestamp) {
		this.headers.setETag("\"" + timestamp + "\"");
		this.headers.setLastModified(timestamp);
		return this;
	}

	KintoResponse cached(int seconds, Clock clock) {
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

	KintoResponse notCached() {
		return header(HttpHeaders.CACHE_CONTROL, "no-cache, no-store");
	}

}
