package io.kintospring.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.template.CollectionOperations;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations of the fault matrix, with the responses of Kinto to them.
 */
enum FaultyOperation {

	GET("get", "GET ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.get("x").data()).containsEntry("a", 1);
		}
	},

	CREATE("create", "PUT ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.create(Map.of("a", 1)).data()).containsEntry("a", 1);
		}
	},

	UPDATE("update", "PUT ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			KintoObject<Map<String, Object>> object = new KintoObject<>("x", KintoTimestamp.of(4), Map.of("a", 1),
					KintoPermissions.none());
			assertThat(records.update(object).data()).containsEntry("a", 1);
		}
	},

	UPDATE_BY_FUNCTION("by function", "PUT ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.update("x", (data) -> Map.of("a", 1)).data()).containsEntry("a", 1);
		}
	},

	DELETE("delete", "DELETE ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.delete("x").id()).isEqualTo("x");
		}
	},

	BATCH("batch", "POST ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records
				.batch(List.of(records.calls().create("r0", Map.of("a", 1)),
						records.calls().create("r1", Map.of("a", 1))))
				.published()).hasSize(2);
		}

		@Override
		Answer answer(String request, boolean again) {
			return request.startsWith("POST ")
					? Answer.ok("{\"responses\":[" + member("r0", again) + "," + member("r1", again) + "]}")
					: super.answer(request, again);
		}

		private static String member(String id, boolean again) {
			return "{\"status\":" + (again ? 412 : 201) + ",\"path\":\"\",\"headers\":{},\"body\":"
					+ (again ? existing(id) : record(id)) + "}";
		}
	},

	LIST("list", "GET ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.list().data()).hasSize(1);
		}
	},

	STREAM("stream", "GET ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			try (Stream<KintoObject<Map<String, Object>>> stream = records.stream()) {
				assertThat(stream.toList()).hasSize(1);
			}
		}
	},

	UPLOAD("upload", "POST ") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			assertThat(records.attachments()
				.add("x", new ByteArrayResource(new byte[300_000]), (u) -> u.filename("a.bin"))
				.size()).isEqualTo(5);
		}

		@Override
		Answer answer(String request, boolean again) {
			return request.startsWith("POST ") ? Answer.ok("{\"filename\":\"a\",\"hash\":\"\",\"location\":\"x\","
					+ "\"mimetype\":\"application/octet-stream\",\"size\":5}") : super.answer(request, again);
		}
	},

	DOWNLOAD("download", "GET /files/") {
		@Override
		void run(CollectionOperations<Map<String, Object>> records) {
			KintoAttachment attachment = new KintoAttachment("a.bin", HELLO_SHA_256, "a.bin",
					"application/octet-stream", 5);
			try (InputStream file = records.attachments().download(attachment)) {
				assertThat(file).hasContent("hello");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		Answer answer(String request, boolean again) {
			return request.startsWith("GET /files/") ? Answer.ok("hello") : super.answer(request, again);
		}
	};

	private static final String HELLO_SHA_256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

	private final String title;

	private final String request;

	FaultyOperation(String title, String request) {
		this.title = title;
		this.request = request;
	}

	/**
	 * Run the operation, and check its result.
	 */
	abstract void run(CollectionOperations<Map<String, Object>> records);

	/**
	 * Return whether a request is that of the operation, and does not prepare it.
	 */
	boolean sent(String received) {
		return received.startsWith(this.request);
	}

	/**
	 * Respond as Kinto does.
	 * @param request the request
	 * @param again whether the request of the operation was applied before
	 */
	Answer answer(String request, boolean again) {
		String target = request.split(" ")[1];
		String id = target.substring(target.lastIndexOf('/') + 1);
		if (id.isEmpty()) {
			String host = request.lines()
				.filter((line) -> line.regionMatches(true, 0, "host:", 0, 5))
				.findFirst()
				.orElseThrow()
				.substring(5)
				.trim();
			return Answer.ok("{\"http_api_version\":\"1.23\",\"settings\":{\"batch_max_requests\":25},"
					+ "\"capabilities\":{\"attachments\":{\"base_url\":\"http://" + host + "/files/\"}}}");
		}
		if (target.matches(".*/records(\\?.*)?")) {
			return Answer.ok("{\"data\":[{\"id\":\"x\",\"last_modified\":5,\"a\":1}]}");
		}
		if (request.startsWith("DELETE ")) {
			return again ? new Answer("404 Not Found", "{\"code\":404,\"errno\":110}")
					: Answer.ok("{\"data\":{\"id\":\"x\",\"last_modified\":6,\"deleted\":true}}");
		}
		return (again && request.startsWith("PUT ")) ? new Answer("412 Precondition Failed", existing(id))
				: Answer.ok(record(id));
	}

	private static String record(String id) {
		return "{\"data\":" + data(id) + ",\"permissions\":{}}";
	}

	private static String existing(String id) {
		return "{\"code\":412,\"errno\":114,\"details\":{\"existing\":" + data(id) + "}}";
	}

	private static String data(String id) {
		return "{\"id\":\"" + id + "\",\"last_modified\":5,\"a\":1}";
	}

	@Override
	public String toString() {
		return this.title;
	}

	/**
	 * Response of Kinto.
	 */
	record Answer(String status, String body) {

		static Answer ok(String body) {
			return new Answer("200 OK", body);
		}

		int length() {
			return this.body.getBytes(StandardCharsets.UTF_8).length;
		}

	}

}
