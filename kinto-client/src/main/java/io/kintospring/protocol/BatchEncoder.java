package io.kintospring.protocol;

import java.io.ByteArrayOutputStream;
import java.util.List;

import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;

/**
 * Writes calls into the body of a batch. The headers of the batch itself are inherited by
 * all of them, and so not written once more.
 */
final class BatchEncoder {

	private static final int FRAME = 64;

	private final KintoJson json;

	private final HttpHeaders inherited;

	BatchEncoder(KintoJson json, HttpHeaders inherited) {
		this.json = json;
		this.inherited = inherited;
	}

	static int estimatedSize(KintoRequest request) {
		byte[] body = bytes(request);
		int[] size = { FRAME + request.target().length() + ((body != null) ? body.length : 0) };
		request.headers().forEach((name, values) -> {
			size[0] += name.length() + 6;
			values.forEach((value) -> size[0] += value.length() + 1);
		});
		return size[0];
	}

	byte[] encode(List<KintoCall<?>> calls) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(FRAME + calls.size() * 512);
		try (JsonGenerator generator = this.json.mapper().createGenerator(bytes)) {
			generator.writeStartObject();
			generator.writeName("requests");
			generator.writeStartArray();
			calls.forEach((call) -> write(generator, bytes, call.request()));
			generator.writeEndArray();
			generator.writeEndObject();
		}
		return bytes.toByteArray();
	}

	private void write(JsonGenerator generator, ByteArrayOutputStream bytes, KintoRequest request) {
		generator.writeStartObject();
		generator.writeStringProperty("method", request.method().name());
		generator.writeStringProperty("path", request.target());
		generator.writeName("headers");
		generator.writeStartObject();
		request.headers().forEach((name, values) -> {
			String value = (values.size() == 1) ? values.get(0) : String.join(",", values);
			if (!value.equals(inherited(name))) {
				generator.writeStringProperty(name, value);
			}
		});
		generator.writeEndObject();
		byte[] body = bytes(request);
		if (body != null) {
			generator.writeName("body");
			// The body is JSON already: the generator leaves room for a value, which is
			// copied.
			generator.writeRawValue("");
			generator.flush();
			bytes.writeBytes(body);
		}
		generator.writeEndObject();
	}

	private static byte @Nullable [] bytes(KintoRequest request) {
		return (request.body() instanceof ByteArrayResource json) ? json.getByteArray() : null;
	}

	private @Nullable String inherited(String name) {
		return this.inherited.getFirst(name);
	}

}
