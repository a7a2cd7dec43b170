package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BatchMembers;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.server.KintoServerInfo;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BatchTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private final KintoCalls kinto = new KintoCalls(new JsonMapper(), KintoOptions.of().header("X-Root", "r"), "b");

	private final CollectionCalls<Post> posts = this.kinto.bucket().collection("c", Post.class);

	private final KintoCall<KintoObject<Post>> create = this.posts.create("x", new Post("T", 1));

	private final KintoCall<KintoTombstone> delete = this.posts.delete("y",
			(w) -> w.lastModified(KintoTimestamp.of(7)));

	@Test
	void batchSendsCallsTogetherAndReadsThemIndividually() {
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete), (o) -> o.maxRequests(25));
		BatchChunk chunk = onlyChunk(batch);
		assertThat(chunk.request().request().target()).isEqualTo("/batch");
		assertThat(body(chunk)).isEqualTo(json("""
				{"requests": [
				  {"method": "PUT", "path": "/buckets/b/collections/c/records/x", "headers": {"If-None-Match": "*"},
				   "body": {"data": {"title": "T", "stars": 1}}},
				  {"method": "DELETE", "path": "/buckets/b/collections/c/records/y", "headers": {"If-Match": "\\"7\\""}}
				]}"""));
		BatchResult result = batch.result(false, read(chunk, Responses.json(200, """
				{"responses": [
				  {"status": 201, "path": "/v1/x", "headers": {"ETag": "\\"8\\""},
				   "body": {"data": {"title": "T", "stars": 1, "id": "x", "last_modified": 8}, "permissions": {}}},
				  {"status": 200, "path": "/v1/y", "headers": {},
				   "body": {"data": {"id": "y", "last_modified": 9, "deleted": true}}}
				]}""")));
		assertThat(result.get(this.create).data()).isEqualTo(new Post("T", 1));
		assertThat(result.get(this.delete)).isEqualTo(new KintoTombstone("y", KintoTimestamp.of(9)));
		assertThat(result.published()).hasSize(2);
	}

	@Test
	void batchHasNoPreconditionAndDoesNotRepeatHeaders() {
		KintoRequest request = onlyChunk(
				this.kinto.batch(List.of(this.create, this.delete), (o) -> o.maxRequests(25).header("X-Own", "o")))
			.request()
			.request();
		assertThat(request.headers().headerNames()).containsExactlyInAnyOrder("Accept", "Content-Type", "X-Root",
				"X-Own");
		assertThat(request.body()).extracting(BatchTests::text, InstanceOfAssertFactories.STRING)
			.doesNotContain("X-Root")
			.doesNotContain("application/json");
	}

	@Test
	void outcomesAreGroupedByResult() {
		KintoCall<KintoObject<Post>> get = this.posts.get("z");
		KintoCall<KintoObject<Post>> bad = this.posts.patch("z", Map.of());
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete, get, bad),
				(o) -> o.maxRequests(25).collectErrors());
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200,
				"""
						{"responses": [
						  {"status": 201, "headers": {}, "body": {"data": {"title": "T", "stars": 1, "id": "x",
						   "last_modified": 8}}},
						  {"status": 412, "headers": {}, "body": {"errno": 114, "details": {"existing": {"title": "U", "stars": 2,
						   "id": "y", "last_modified": 8}}}},
						  {"status": 404, "headers": {}, "body": {"errno": 110}},
						  {"status": 400, "headers": {}, "body": {"errno": 107, "message": "No"}}
						]}""")));
		assertThat(calls(result.published())).containsExactly(this.create);
		assertThat(calls(result.conflicts())).containsExactly(this.delete);
		assertThat(calls(result.skipped())).containsExactly(get);
		assertThat(calls(result.errors())).containsExactly(bad);
		assertThat(result.notSent()).isEmpty();
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> result.get(this.delete))
			.satisfies((ex) -> assertThat(ex.existing(Post.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(new Post("U", 2)));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> result.get(get))
			.withMessageContaining("/buckets/b/collections/c/records/z");
	}

	@Test
	void equalCallsHaveSeparateResults() {
		KintoCall<KintoObject<Post>> one = this.posts.create(new Post("T", 1));
		KintoCall<KintoObject<Post>> other = this.posts.create(new Post("T", 1));
		KintoBatch batch = this.kinto.batch(List.of(one, other), (o) -> o.maxRequests(25));
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "1", "last_modified": 8}}},
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "2", "last_modified": 9}}}
				]}""")));
		assertThat(result.get(one).id()).isEqualTo("1");
		assertThat(result.get(other).id()).isEqualTo("2");
		assertThatIllegalArgumentException().isThrownBy(() -> result.get(this.create))
			.withMessageContaining("is not in this batch");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kinto.batch(one, one))
			.withMessageContaining("is in the batch twice");
	}

	@Test
	void serverLimitDividesBatch() {
		KintoBatch batch = this.kinto.batch(creates(5));
		assertThat(batch.isLimitedByServer()).isTrue();
		assertThat(batch.serverInfo().request().target()).isEqualTo("/");
		assertThat(sizes(batch.chunks(info(batch, "{\"batch_max_requests\": 2}")))).containsExactly(2, 2, 1);
	}

	@Test
	void zeroIsNoServerLimit() {
		KintoBatch batch = this.kinto.batch(creates(70));
		assertThat(sizes(batch.chunks(info(batch, "{}")))).containsExactly(70);
		assertThat(sizes(batch.chunks(info(batch, "{\"batch_max_requests\": 0}")))).containsExactly(70);
	}

	@Test
	void rejectedRequestIsDividedByLowerServerLimit() {
		KintoBatch batch = this.kinto.batch(creates(5));
		BatchChunk second = batch.chunks(info(batch, "{\"batch_max_requests\": 3}")).get(1);
		assertThat(second.start()).isEqualTo(3);
		assertThat(second.isRefused(Responses.json(400, "{}"))).isTrue();
		assertThat(second.isRefused(Responses.json(403, "{}"))).isFalse();
		List<BatchChunk> divided = batch.divide(second, info(batch, "{\"batch_max_requests\": 1}"));
		assertThat(sizes(divided)).containsExactly(1, 1);
		assertThat(divided).extracting(BatchChunk::start).containsExactly(3, 4);
		assertThat(batch.divide(second, info(batch, "{\"batch_max_requests\": 2}"))).containsExactly(second);
	}

	private static KintoServerInfo info(KintoBatch batch, String settings) {
		return batch.serverInfo()
			.read(Responses.json(200, "{\"http_api_version\": \"1.23\", \"settings\": " + settings + "}"));
	}

	@Test
	void maxBytesDividesBatch() {
		KintoCall<KintoObject<Post>> large = this.posts.create(new Post("x".repeat(1000), 1));
		List<KintoCall<?>> calls = List.of(this.posts.create(new Post("a", 1)), this.posts.create(new Post("b", 1)),
				large, this.posts.create(new Post("c", 1)));
		assertThat(sizes(chunks(calls, (o) -> o.maxRequests(25).maxBytes(700)))).containsExactly(2, 1, 1);
		assertThat(chunks(calls, (o) -> o.maxRequests(25).maxBytes(700)).get(1).request().request())
			.isEqualTo(large.request());
	}

	@Test
	void emptyBatchSendsNothing() {
		assertThat(this.kinto.batch().isLimitedByServer()).isFalse();
		assertThat(this.kinto.batch(List.of()).chunks()).isEmpty();
		assertThat(this.kinto.batch().result(false, List.of()).outcomes()).isEmpty();
	}

	@Test
	void singleCallIsSentAlone() {
		BatchChunk chunk = onlyChunk(this.kinto.batch(this.create));
		assertThat(chunk.request().request()).isEqualTo(this.create.request());
	}

	/**
	 * Kinto rejects batches with a path that looks like a batch or a JSON Patch. It
	 * applies merge patches as plain ones, and fails at responses with 304.
	 */
	@Test
	void unbatchableCallIsSentAloneInOrder() {
		KintoCall<?> batchId = this.posts.get("batch1");
		KintoCall<?> merge = this.posts.mergePatch("x", Map.of("a", 1));
		KintoCall<?> patch = this.posts.jsonPatch("x", (p) -> p.remove("/data/a"));
		KintoCall<?> conditional = this.posts.listIfChanged(KintoTimestamp.of(5));
		for (KintoCall<?> alone : List.of(batchId, merge, patch, conditional)) {
			List<KintoCall<?>> calls = List.of(this.posts.get("1"), this.posts.get("2"), alone, this.posts.get("3"),
					this.posts.get("4"));
			List<BatchChunk> chunks = chunks(calls, (o) -> o.maxRequests(25));
			assertThat(sizes(chunks)).as(alone.toString()).containsExactly(2, 1, 2);
			assertThat(chunks.get(1).request().request()).isEqualTo(alone.request());
		}
	}

	@Test
	void headInBatchIsReadFromHeaders() {
		KintoCall<Long> count = this.posts.count();
		KintoBatch batch = this.kinto.batch(List.of(count, this.create), (o) -> o.maxRequests(25));
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {"Total-Objects": "12"}, "body": ""},
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "x", "last_modified": 9}}}
				]}""")));
		assertThat(result.get(count)).isEqualTo(12);
	}

	/**
	 * The last call of many, a single call, and a call that a batch cannot contain.
	 */
	@Test
	void batchOptionsApplyToCallsSentAlone() {
		KintoCalls own = Requests.kinto((o) -> o.header("X-A", "template").header("Authorization", "template"));
		CollectionCalls<Post> records = own.bucket("b").collection("c", Post.class);
		KintoCall<?> file = records.attachments().add("r", new ByteArrayResource(new byte[1]), (u) -> u.filename("a"));
		for (List<KintoCall<?>> calls : List.<List<KintoCall<?>>>of(
				List.of(records.get("x"), records.get("y"), records.get("z")), List.of(records.get("x")),
				List.of(file))) {
			KintoBatch batch = own.batch(calls, (o) -> o.maxRequests(2).header("Authorization", "batch"));
			assertThat(batch.chunks())
				.allSatisfy((chunk) -> assertThat(chunk.request().request().headers().get("Authorization"))
					.containsExactly("batch"));
			assertThat(batch.chunks()).last()
				.satisfies((chunk) -> assertThat(chunk.request().request().headers().get("X-A"))
					.containsExactly("template"));
		}
	}

	@Test
	void headersOfAHandleApplyToAllCallsOfItsBatch() {
		KintoCalls own = Requests.kinto();
		CollectionCalls<Map<String, Object>> records = own.bucket("b").collection("c");
		KintoBatch batch = own.bucket("b", (o) -> o.header("X-A", "bucket"))
			.batch(List.of(records.get("x"), records.get("y"), records.mergePatch("z", Map.of("a", 1))),
					(o) -> o.maxRequests(2));
		assertThat(batch.chunks()).hasSize(2)
			.allSatisfy(
					(chunk) -> assertThat(chunk.request().request().headers().get("X-A")).containsExactly("bucket"));
	}

	@Test
	void missingResponsesFail() {
		BatchChunk chunk = onlyChunk(this.kinto.batch(List.of(this.create, this.delete), (o) -> o.maxRequests(25)));
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> read(chunk, Responses.json(200, "{\"responses\": []}")))
			.withMessageContaining("it has 0 responses to 2 requests");
	}

	@Test
	void unreadableCallDoesNotAffectOthers() {
		IllegalStateException failure = new IllegalStateException("no title today");
		KintoCall<String> failing = this.create.map((object) -> {
			throw failure;
		});
		KintoCall<String> own = KintoCall.of(this.delete.request(), (response) -> {
			throw failure;
		});
		KintoCall<KintoObject<Post>> last = this.posts.create(new Post("T", 1));
		KintoBatch batch = this.kinto.batch(List.of(failing, own, last), (o) -> o.maxRequests(25).collectErrors());
		String created = """
				{"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "x", "last_modified": 9}}}""";
		BatchResult result = batch.result(false, read(onlyChunk(batch),
				Responses.json(200, "{\"responses\": [" + String.join(",", created, created, created) + "]}")));
		assertThat(result.get(last).id()).isEqualTo("x");
		assertThat(calls(result.errors())).containsExactly(failing, own);
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> result.get(failing))
			.withMessageStartingWith("createRecord PUT /buckets/b/collections/c/records/x: the response (201")
			.withMessageEndingWith(": java.lang.IllegalStateException was thrown")
			.withCause(failure);
	}

	@Test
	void unreadableResponseFailsOnlyItsCall() {
		KintoCall<KintoObject<Post>> last = this.posts.create(new Post("T", 1));
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete, last),
				(o) -> o.maxRequests(25).collectErrors());
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 201, "headers": {"Content-Type": "application/json"},
				   "body": {"data": {"stars": ["x", {"a": 1}], "id": "x", "last_modified": 8}}},
				  {"status": 200, "headers": {}, "body": []},
				  {"body": {"data": {"stars": 1, "id": "2", "last_modified": 9}}, "headers": {}, "status": 201}
				]}""")));
		assertThat(calls(result.errors())).containsExactly(this.create, this.delete);
		assertThat(result.outcomes().get(0).error())
			.hasMessageContaining("(201, application/json) cannot be read as record of Post: object 'x': ")
			.hasMessageEndingWith("'stars' is a list that cannot be read as int");
		assertThat(result.get(last).id()).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			null                                          | expected START_OBJECT, but found VALUE_NULL
			[{"status": 200}]                             | expected START_OBJECT, but found START_ARRAY
			"text"                                        | expected START_OBJECT, but found VALUE_STRING
			{"headers": {}, "body": {"data": {}}}         | 'status' is missing
			{"status": null, "headers": {}, "body": {}}   | 'status': expected VALUE_NUMBER_INT, but found VALUE_NULL
			{"status": "200", "headers": {}, "body": {}}  | 'status': expected VALUE_NUMBER_INT, but found VALUE_STRING
			{"status": {"a": [1]}, "headers": {}}         | 'status': expected VALUE_NUMBER_INT, but found START_OBJECT
			{"status": 99999999999, "headers": {}}        | 'status' is out of range
			{"status": 200, "headers": null, "body": {}}  | 'headers': expected START_OBJECT, but found VALUE_NULL
			{"status": 200, "headers": [{}], "body": {}}  | 'headers': expected START_OBJECT, but found START_ARRAY
			{"status": 200, "headers": "a", "body": {}}   | 'headers': expected START_OBJECT, but found VALUE_STRING
			{"status": 200, "body": {}, "headers": []}    | 'headers': expected START_OBJECT, but found START_ARRAY
			""")
	void malformedResponseFailsOnlyItsCall(String response, String problem) {
		KintoCall<KintoObject<Post>> last = this.posts.create(new Post("T", 1));
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete, last),
				(o) -> o.maxRequests(25).collectErrors());
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "x", "last_modified": 9}}},
				  %s,
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "2", "last_modified": 9}}}
				]}""".formatted(response))));
		assertThat(calls(result.errors())).containsExactly(this.delete);
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> result.get(this.delete))
			.withMessageStartingWith("deleteRecord DELETE /buckets/b/collections/c/records/y: ")
			.withMessageContaining(
					problem.startsWith("'headers'") ? "the response (200) " : "the response (no status) ")
			.withMessageEndingWith("cannot be read as a response of a batch: " + problem);
		assertThat(result.get(this.create).id()).isEqualTo("x");
		assertThat(result.get(last).id()).isEqualTo("2");
	}

	@Test
	void customCallsGetTheirBodiesUnchanged() {
		KintoCall<String> text = KintoCall.of(this.delete.request(),
				(response) -> new String(response.body(), StandardCharsets.UTF_8));
		KintoCall<Integer> status = KintoCall.of(this.delete.request(), KintoResponse::status);
		KintoBatch batch = this.kinto.batch(List.of(text, status, this.create), (o) -> o.maxRequests(25));
		String body = "{\"a\": \"}\\\"\u00fc{\", \"b\": [{}, [1.50]] }";
		BatchResult result = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {}, "body": %s},
				  {"status": 202, "headers": {}, "body": %s},
				  {"status": 201, "headers": {}, "body": {"data": {"stars": 1, "id": "x", "last_modified": 9}}}
				]}""".formatted(body, body))));
		assertThat(result.get(text)).isEqualTo(body);
		assertThat(result.get(status)).isEqualTo(202);
		assertThat(result.get(this.create).id()).isEqualTo("x");
	}

	@Test
	void invalidJsonFailsWholeRequest() {
		BatchChunk chunk = onlyChunk(this.kinto.batch(List.of(this.create, this.delete), (o) -> o.maxRequests(25)));
		for (String data : List.of("{\"title\": T}", "{\"stars\": \"x\", \"title\": T}", "{\"stars\": 1",
				"{\"stars\" 1}")) {
			assertThatExceptionOfType(KintoResponseException.class).as(data)
				.isThrownBy(() -> read(chunk,
						Responses.json(200,
								"""
										{"responses": [
										  {"status": 201, "headers": {}, "body": {"data": %s}},
										  {"status": 200, "headers": {}, "body": {"data": {"id": "y", "last_modified": 9, "deleted": true}}}
										]}"""
									.formatted(data))))
				.withMessageContaining("cannot be read as the responses of a batch");
		}
	}

	@Test
	void malformedListElementFailsOnlyItsCall() {
		KintoCall<ListResult<Post>> list = this.posts.list();
		BatchChunk chunk = onlyChunk(this.kinto.batch(List.of(list, this.delete), (o) -> o.maxRequests(25)));
		List<Outcome<?>> outcomes = read(chunk, Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {}, "body": {"data": [{"title": "a"}, {"title": "b"}]}},
				  {"status": 200, "headers": {}, "body": {"data": {"id": "y", "last_modified": 2, "deleted": true}}}
				]}"""));
		assertThat(outcomes.get(0).error()).isInstanceOf(KintoResponseException.class);
		assertThat(outcomes.get(1).isPublished()).isTrue();
	}

	@Test
	void lazilyReadListKeepsItsResponse() {
		KintoCall<KintoSequence.Slice<KintoObject<Post>>> list = this.posts.stream().first();
		BatchChunk chunk = onlyChunk(this.kinto.batch(List.of(list, this.delete), (o) -> o.maxRequests(25)));
		List<Outcome<?>> outcomes = read(chunk, Responses.json(200,
				"""
						{"responses": [
						  {"status": 200, "headers": {}, "body": {"data": [{"id": "x", "last_modified": 1, "title": "a", "stars": 1}]}},
						  {"status": 200, "headers": {}, "body": {"data": {"id": "y", "last_modified": 2, "deleted": true}}}
						]}"""));
		assertThat(outcomes.get(1).isPublished()).isTrue();
		assertThat(((KintoSequence.Slice<?>) outcomes.get(0).get()).elements()).hasSize(1);
	}

	@Test
	void failuresAreThrownWithAllOutcomes() {
		KintoCall<KintoObject<Post>> get = this.posts.get("z");
		KintoBatch batch = this.kinto.batch(List.of(get, this.create, this.delete), (o) -> o.maxRequests(25));
		List<Outcome<?>> outcomes = read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {}, "body": {"data": {"stars": 1, "id": "z", "last_modified": 9}}},
				  {"status": 412, "headers": {}, "body": {"errno": 114}},
				  {"status": 404, "headers": {}, "body": {"errno": 110}}
				]}"""));
		assertThatExceptionOfType(KintoBatchException.class).isThrownBy(() -> batch.result(false, outcomes))
			.withMessageStartingWith("batch: 2 of 3 calls did not succeed (conflicts: 1, not found: 1, other errors: 0,"
					+ " not sent: 0)")
			.withMessageContaining("the first error: createRecord PUT ")
			.withCauseInstanceOf(KintoConflictException.class)
			.satisfies((ex) -> {
				assertThat(ex.getSuppressed()).hasOnlyElementsOfType(KintoNotFoundException.class);
				assertThat(ex.result().get(get).id()).isEqualTo("z");
				assertThat(ex.result().conflicts()).hasSize(1);
			});
	}

	@Test
	void failedRequestFailsAllItsCalls() {
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete), (o) -> o.maxRequests(25));
		BatchChunk chunk = onlyChunk(batch);
		KintoTransportException failure = new KintoTransportException("cut", null);
		assertThatExceptionOfType(KintoBatchException.class)
			.isThrownBy(() -> batch.result(false, chunk.failed(failure)))
			.withCause(failure)
			.satisfies((ex) -> assertThat(ex.result().errors()).hasSize(2));
		assertThatExceptionOfType(KintoBatchException.class).isThrownBy(() -> batch.result(false, chunk.notSent()))
			.satisfies((ex) -> {
				assertThat(ex.result().notSent()).hasSize(2);
				assertThatIllegalStateException().isThrownBy(() -> ex.result().get(this.create))
					.withMessageContaining("was not sent");
			});
	}

	/**
	 * Headers of the batch override those of the template, but not those of the call.
	 */
	@Test
	void batchHeadersApplyToSingleCalls() {
		KintoCall<?> plain = this.posts.get("x");
		KintoCall<?> own = this.posts.get("x", (r) -> r.header("Authorization", "own"));
		KintoCall<?> alone = this.posts.mergePatch("x", Map.of("a", 1));
		for (KintoCall<?> call : List.of(plain, alone)) {
			assertThat(onlyChunk(this.kinto.batch(List.of(call), this::headers)).request().request().headers())
				.satisfies((headers) -> {
					assertThat(headers.getFirst("Authorization")).isEqualTo("batch");
					assertThat(headers.getFirst("X-Root")).isEqualTo("other");
				});
		}
		assertThat(onlyChunk(this.kinto.batch(List.of(own), this::headers)).request()
			.request()
			.headers()
			.getFirst("Authorization")).isEqualTo("own");
		JsonNode requests = body(onlyChunk(this.kinto.batch(List.of(plain, own), this::headers))).path("requests");
		assertThat(requests.path(0).path("headers")).isEmpty();
		assertThat(requests.path(1).path("headers")).isEqualTo(json("{\"Authorization\": \"own\"}"));
	}

	private KintoBatchOptions headers(KintoBatchOptions options) {
		return options.maxRequests(25).header("Authorization", "batch").header("X-Root", "other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "5", "[1]", "{}" })
	void nonTextHeaderIsIgnored(String value) {
		KintoBatch batch = this.kinto.batch(List.of(this.delete, this.posts.get("z")),
				(o) -> o.maxRequests(25).collectErrors());
		BatchMembers members = onlyChunk(batch).request().read(Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {"Backoff": %s, "X": %s},
				   "body": {"data": {"id": "y", "last_modified": 9, "deleted": true}}},
				  {"status": 200, "headers": {"Backoff": "7"},
				   "body": {"data": {"stars": 1, "id": "z", "last_modified": 9}}}
				]}""".formatted(value, value)));
		assertThat(members.outcomes()).allMatch(Outcome::isPublished);
		assertThat(members.signals(Responses.json(200, "{}"), NOW))
			.contains(new KintoSignal.Backoff(Duration.ofSeconds(7), NOW.plusSeconds(7)));
	}

	@Test
	void repeatedSignalIsReportedOnce() {
		KintoBatch batch = this.kinto.batch(List.of(this.delete, this.posts.get("z")), (o) -> o.maxRequests(25));
		KintoResponse whole = Responses.json(200, """
				{"responses": [
				  {"status": 200, "headers": {"Backoff": "30"},
				   "body": {"data": {"id": "y", "last_modified": 9, "deleted": true}}},
				  {"status": 503, "headers": {"Backoff": "30", "Retry-After": "3"}, "body": {}}
				]}""", "Backoff", "30");
		assertThat(onlyChunk(batch).request().read(whole).signals(whole, NOW))
			.containsExactly(new KintoSignal.RetryAfter(Duration.ofSeconds(3), NOW.plusSeconds(3)));
	}

	private static List<KintoCall<?>> calls(List<Outcome<?>> outcomes) {
		return outcomes.stream().<KintoCall<?>>map(Outcome::call).toList();
	}

	private List<KintoCall<KintoObject<Post>>> creates(int number) {
		return IntStream.range(0, number).mapToObj((i) -> this.posts.create(new Post("T", i))).toList();
	}

	private List<BatchChunk> chunks(List<KintoCall<?>> calls, KintoBatchOptions.Customizer options) {
		return this.kinto.batch(calls, options).chunks();
	}

	private static BatchChunk onlyChunk(KintoBatch batch) {
		List<BatchChunk> chunks = batch.chunks();
		assertThat(chunks).hasSize(1);
		return chunks.get(0);
	}

	private static List<Integer> sizes(List<BatchChunk> chunks) {
		return chunks.stream().map((chunk) -> chunk.calls().size()).toList();
	}

	private static JsonNode body(BatchChunk chunk) {
		return new JsonMapper().readTree(text(Objects.requireNonNull(chunk.request().request().body())));
	}

	private static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

	private static String text(Resource body) {
		return new String(((ByteArrayResource) body).getByteArray(), StandardCharsets.UTF_8);
	}

	private static List<Outcome<?>> read(BatchChunk chunk, KintoResponse response) {
		return chunk.request().read(response).outcomes();
	}

	@Test
	void outcomesHaveStatusAndHeaders() {
		KintoCall<KintoObject<Post>> get = this.posts.get("z");
		KintoBatch batch = this.kinto.batch(List.of(this.create, this.delete, get),
				(o) -> o.maxRequests(25).collectErrors());
		List<BatchResult.Outcome<?>> outcomes = batch.result(false, read(onlyChunk(batch), Responses.json(200, """
				{"responses": [
				  {"status": 201, "headers": {"ETag": "\\"8\\""},
				   "body": {"data": {"title": "T", "stars": 1, "id": "x", "last_modified": 8}}},
				  {"status": 412, "headers": {"Last-Modified": "now"}, "body": {"errno": 114}},
				  {"status": 200, "headers": {"X-A": "a"}, "body": "no object"}
				]}"""))).outcomes();
		assertThat(outcomes).extracting(BatchResult.Outcome::status).containsExactly(201, 412, 200);
		assertThat(outcomes.get(0).headers().getETag()).isEqualTo("\"8\"");
		assertThat(outcomes.get(1).headers().getFirst("Last-Modified")).isEqualTo("now");
		assertThat(outcomes.get(2).headers().getFirst("X-A")).isEqualTo("a");
		BatchResult.Outcome<?> failed = onlyChunk(batch).failed(new KintoNotSentException("x", null)).get(0);
		assertThat(failed.status()).isZero();
		assertThat(failed.headers().isEmpty()).isTrue();
	}

}
