package io.kintospring.protocol;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;

/**
 * Writes calls into the body of a batch. All calls inherit the headers of the batch, so
 * these are not repeated.
 */
final class BatchEncoder {

	private static final int FRAME = 64;

	private final KintoJson json;

	private final HttpHeaders inherited;

	private final BiPredicate<String, String> overridden;

	/**
	 * Create an encoder.
	 * @param json writes JSON
	 * @param inherited the headers of the batch itself
	 * @param overridden tests by name and value whether the batch overrides a header of a
	 * call
	 */
	BatchEncoder(KintoJson json, HttpHeaders inherited, BiPredicate<String, String> overridden) {
		this.json = json;
		this.inherited = inherited;
		this.overridden = overridden;
	}

	byte[] encode(List<KintoCall<?>> calls) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(FRAME + calls.size() * 512);
		OwnHeaders own = new OwnHeaders();
		try (JsonGenerator generator = this.json.mapper().createGenerator(bytes)) {
			generator.writeStartObject();
			generator.writeName("requests");
			generator.writeStartArray();
			calls.forEach((call) -> write(generator, bytes, call.request(), own.of(call.request())));
			generator.writeEndArray();
			generator.writeEndObject();
		}
		return bytes.toByteArray();
	}

	private static void write(JsonGenerator generator, ByteArrayOutputStream bytes, KintoRequest request,
			Map<String, String> headers) {
		generator.writeStartObject();
		generator.writeStringProperty("method", request.method().name());
		generator.writeStringProperty("path", request.target());
		generator.writeName("headers");
		generator.writeStartObject();
		headers.forEach(generator::writeStringProperty);
		generator.writeEndObject();
		byte[] body = bytes(request);
		if (body != null) {
			generator.writeName("body");
			// the body is JSON already, so its bytes are copied
			generator.writeRawValue("");
			generator.flush();
			bytes.writeBytes(body);
		}
		generator.writeEndObject();
	}

	private static byte @Nullable [] bytes(KintoRequest request) {
		return (request.body() instanceof ByteArrayResource json) ? json.getByteArray() : null;
	}

	/**
	 * Headers that are not inherited. Consecutive requests mostly have the same ones.
	 */
	private final class OwnHeaders {

		private @Nullable HttpHeaders last;

		private Map<String, String> own = Map.of();

		Map<String, String> of(KintoRequest request) {
			if (!request.headers().equals(this.last)) {
				this.last = request.headers();
				this.own = new LinkedHashMap<>();
				this.last.forEach((name, values) -> {
					String value = (values.size() == 1) ? values.get(0) : String.join(",", values);
					if (!value.equals(BatchEncoder.this.inherited.getFirst(name))
							&& !BatchEncoder.this.overridden.test(name, value)) {
						this.own.put(name, value);
					}
				});
			}
			return this.own;
		}

	}

	/**
	 * Estimates the size of requests within a batch.
	 */
	static final class Sizes {

		private @Nullable HttpHeaders last;

		private int headers;

		int of(KintoRequest request) {
			if (!request.headers().equals(this.last)) {
				this.last = request.headers();
				this.headers = 0;
				this.last.forEach((name, values) -> {
					this.headers += name.length() + 6;
					values.forEach((value) -> this.headers += value.length() + 1);
				});
			}
			byte[] body = bytes(request);
			return FRAME + request.target().length() + this.headers + ((body != null) ? body.length : 0);
		}

	}

}
