package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Responses that are not plain objects or lists.
 */
class ResponseTests {

	private static final String POST = "{\"id\":\"x\",\"last_modified\":5,\"title\":\"T\",\"stars\":1}";

	private static final KintoTimestamp FIVE = KintoTimestamp.of(5);

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7, 1000 })
	void bodyInPiecesIsRead(int size) {
		byte[] body = ("{\"data\":" + POST.replace("T", "\u20ac") + "}").getBytes(StandardCharsets.UTF_8);
		List<byte[]> pieces = new ArrayList<>(List.of(new byte[0]));
		for (int start = 0; start < body.length; start += size) {
			pieces.add(Arrays.copyOfRange(body, start, Math.min(body.length, start + size)));
		}
		KintoResponse response = new KintoResponse(200, Responses.headers(), pieces);
		pieces.clear();
		assertThat(this.posts.get("x").read(response).data()).isEqualTo(new Post("\u20ac", 1));
		assertThat(response.body()).isEqualTo(body);
		assertThat(new KintoResponse(204, Responses.headers(), List.of()).body()).isEmpty();
	}

	/**
	 * Kinto responds to a {@code POST} of an existing id with the existing object and
	 * 200.
	 */
	@Test
	void statusDistinguishesCreatedFromExistingObject() {
		String body = "{\"data\":" + POST + ",\"permissions\":{\"write\":[\"account:a\"]}}";
		KintoCall<KintoCreation<Post>> call = this.posts.createIfAbsent("x", new Post("other", 9));
		KintoCreation<Post> created = call.read(Responses.json(201, body));
		KintoCreation<Post> there = call.read(Responses.json(200, body));
		assertThat(created.created()).isTrue();
		assertThat(there.created()).isFalse();
		assertThat(there.object())
			.isEqualTo(new KintoObject<>("x", FIVE, new Post("T", 1), KintoPermissions.none().write("account:a")));
		assertThat(created.object()).isEqualTo(there.object());
	}

	@Test
	void createIfAbsentInDefaultBucketReturnsExistingObjectOfConflict() {
		KintoCall<KintoCreation<Post>> call = Requests.kinto()
			.bucket()
			.collection("c", Post.class)
			.createIfAbsent("default", new Post("other", 9));
		String post = POST.replace("\"x\"", "\"default\"");
		assertThat(call.read(Responses.json(201, "{\"data\":" + post + "}")).created()).isTrue();
		KintoCreation<Post> there = call
			.read(Responses.json(412, "{\"errno\":114,\"details\":{\"existing\":" + post + "}}"));
		assertThat(there.created()).isFalse();
		assertThat(there.object().data()).isEqualTo(new Post("T", 1));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> call.read(Responses.json(412, "{\"errno\":114}")));
	}

	/**
	 * Servers before version 1.21 of the API use another name.
	 */
	@Test
	void countIsReadFromTotalObjectsHeader() {
		KintoCall<Long> call = this.posts.count();
		assertThat(call.read(Responses.empty(200, "total-objects", "12000", "Total-Records", "7"))).isEqualTo(12_000);
		assertThat(call.read(Responses.empty(200, "Total-Records", "7"))).isEqualTo(7);
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> call.read(Responses.empty(200)))
			.withMessageEndingWith("cannot be read as a total: the header 'Total-Objects' is missing");
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> call.read(Responses.empty(200, "Total-Objects", "many")));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> call.read(Responses.empty(404)));
	}

	@Test
	void listTimestampIsReadFromETag() {
		KintoCall<KintoTimestamp> call = this.posts.timestamp();
		assertThat(call.read(Responses.empty(200, "Etag", "\"5\""))).isEqualTo(FIVE);
		assertThat(call.read(Responses.empty(200, "ETag", "W/\"5\""))).isEqualTo(FIVE);
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> call.read(Responses.empty(200)))
			.withMessageContaining("the response has no ETag");
	}

	/**
	 * Other clients fail at the empty body.
	 */
	@Test
	void unchangedListIsEmpty() {
		KintoCall<Optional<ListResult<Post>>> call = this.posts.listIfChanged(FIVE);
		assertThat(call.read(Responses.empty(304, "ETag", "\"5\""))).isEmpty();
		assertThat(call.read(Responses.page("[" + POST + "]")).orElseThrow().data()).hasSize(1);
	}

	@Test
	void nextPageHasNoPrecondition() {
		ListResult<Post> page = this.posts.listIfChanged(FIVE)
			.read(Responses.page("[]", "Next-Page", "http://h/v1/x?_token=t"))
			.orElseThrow();
		assertThat(page.next()).isNotNull();
		assertThat(Requests.text(page.next()))
			.isEqualTo("GET /buckets/b/collections/c/records?_token=t\nAccept: application/json");
	}

	@Test
	void streamedSlicesSkipTombstones() {
		Iterable<KintoObject<Post>> elements = this.posts.stream((q) -> q.since(FIVE))
			.first()
			.read(Responses.page("[{\"id\": \"y\", \"last_modified\": 8, \"deleted\": true}, " + POST + "]"))
			.elements();
		assertThat(elements).hasSize(1);
		assertThat(elements).as("read again").hasSize(1);
	}

	@Test
	void truncatedPageFailsAfterItsReadableElements() {
		Iterator<KintoObject<Post>> elements = this.posts.stream()
			.first()
			.read(Responses.json(200, "{\"data\": [" + POST + ", {\"id\": \"y\", "))
			.elements()
			.iterator();
		assertThat(elements.next()).isNotNull();
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(elements::hasNext)
			.withMessageContaining("cannot be read as a list of Post: ");
	}

	@Test
	void sequenceReadsPagesUpToTheLast() {
		KintoSequence.Slice<KintoObject<Post>> first = this.posts.stream((q) -> q.pages(2))
			.first()
			.read(Responses.page("[" + POST + "]", "Next-Page", "http://h/v1/x?_token=2"));
		assertThat(first.elements()).hasSize(1);
		assertThat(first.pause()).isZero();
		assertThat(first.next()).isNotNull();
		assertThat(first.next().request().query()).isEqualTo("_token=2");
		assertThat(first.next().read(Responses.page("[]", "Next-Page", "http://h/v1/x?_token=3")).next()).isNull();
		assertThat(this.posts.stream().first().read(Responses.page("[]")).next()).isNull();
	}

	@Test
	void permissionsAreRead() {
		PermissionCalls permissions = this.posts.permissions("x");
		KintoResponse response = Responses.json(200, "{\"data\":" + POST
				+ ",\"permissions\":{\"write\":[\"account:a\"],\"read\":[\"system.Everyone\",\"/buckets/b/groups/g\"]}}");
		KintoPermissions expected = KintoPermissions
			.of(Map.of("write", Set.of("account:a"), "read", Set.of("system.Everyone", "/buckets/b/groups/g")));
		assertThat(permissions.get().read(response).permissions()).isEqualTo(expected);
		assertThat(permissions.set((p) -> p.read("me")).read(response).permissions()).isEqualTo(expected);
		assertThat(permissions.clear().read(response).permissions()).isEqualTo(expected);
		assertThat(
				permissions.get().read(Responses.json(200, "{\"data\":" + POST + ",\"permissions\":{}}")).permissions())
			.isEqualTo(KintoPermissions.none());
	}

	/**
	 * Without the precondition, Kinto would create an empty object.
	 */
	@Test
	void setPermissionsOfMissingObjectFailsWithConflict() {
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.permissions("x").clear().read(Responses.json(412, "{\"errno\":114}")))
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty());
	}

	@Test
	void groupIsReadWithMembersAndAttributes() {
		KintoObject<KintoGroup> group = Requests.kinto()
			.bucket("b")
			.groups()
			.get("g")
			.read(Responses.json(200, "{\"data\":{\"members\":[\"account:a\",\"system.Authenticated\"],\"a\":{\"b\":1},"
					+ "\"none\":null,\"id\":\"g\",\"last_modified\":5}}"));
		assertThat(group.id()).isEqualTo("g");
		assertThat(group.lastModified()).isEqualTo(FIVE);
		assertThat(group.data().members()).containsExactly("account:a", "system.Authenticated");
		assertThat(group.data().attributes()).containsOnlyKeys("a", "none").containsEntry("a", Map.of("b", 1));
	}

	@Test
	void groupWithoutMembersIsEmpty() {
		KintoObject<KintoGroup> group = Requests.kinto()
			.bucket("b")
			.groups()
			.get("g")
			.read(Responses.json(200, "{\"data\":{\"id\":\"g\",\"last_modified\":5}}"));
		assertThat(group.data()).isEqualTo(KintoGroup.of());
	}

	@Test
	void groupsAreListed() {
		assertThat(Requests.kinto()
			.bucket("b")
			.groups()
			.list()
			.read(Responses.page("[{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:a\"]}]"))
			.data()).extracting(KintoObject::data).containsExactly(KintoGroup.of("account:a"));
	}

	@Test
	void groupDoesNotDependOnApplicationMapper() {
		KintoGroup group = KintoGroup.of("account:a").attribute("a", Collections.singletonMap("b", null));
		String json = "{\"members\":[\"account:a\"],\"a\":{\"b\":null}}";
		assertThat(new JsonMapper().writeValueAsString(group)).isEqualTo(json);
		assertThat(new JsonMapper().readValue(json, KintoGroup.class)).isEqualTo(group);
		assertThat(group.withMembers(List.of("account:b", "account:a")).members()).containsExactly("account:a",
				"account:b");
		assertThat(group.withoutMembers(List.of("account:a")).attributes()).isEqualTo(group.attributes());
	}

	/**
	 * Applications store timestamps as checkpoints.
	 */
	@Test
	void timestampIsWrittenAsNumber() {
		assertThat(new JsonMapper().writeValueAsString(FIVE)).isEqualTo("5");
		assertThat(new JsonMapper().readValue("5", KintoTimestamp.class)).isEqualTo(FIVE);
		assertThat(new JsonMapper().writeValueAsString(Map.of("since", FIVE))).isEqualTo("{\"since\":5}");
	}

	@Test
	void failedTestOfJsonPatchIsInvalidRequest() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.posts.jsonPatch("x", (p) -> p.test("/data/title", "U"))
				.read(Responses.json(400, "{\"errno\":107,\"message\":\"Invalid JSON Patch\"}")))
			.withMessageContaining("Invalid JSON Patch");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"data\":{}}", "{\"data\":[{\"id\":\"a\"}]}", "[]", "" })
	void malformedTombstonesFail(String body) {
		KintoFlow.Ask<?> flow = (KintoFlow.Ask<?>) this.posts.deleteAll();
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> flow.call().read(Responses.json(200, body)))
			.withMessageContaining("cannot be read as tombstones");
	}

	@Test
	void unchangedObjectIsEmpty() {
		KintoCall<Optional<KintoObject<Post>>> call = this.posts.getIfChanged("x", KintoTimestamp.of(5),
				(o) -> o.header("X-A", "a"));
		assertThat(Requests.text(call)).startsWith("GET /buckets/b/collections/c/records/x\n")
			.contains("If-None-Match: \"5\"", "X-A: a");
		assertThat(call.request().operation()).isEqualTo("getRecordIfChanged");
		assertThat(call.read(Responses.empty(304))).isEmpty();
		assertThat(call.read(Responses.json(200, "{\"data\":" + POST + "}"))).isPresent();
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> call.read(Responses.empty(404)));
	}

	@Test
	void unchangedCustomCallIsEmpty() {
		KintoRequest request = KintoRequest.of("getOwn", HttpMethod.GET, "/own")
			.withHeaders((headers) -> headers.setIfNoneMatch(KintoTimestamp.of(5).etag()));
		KintoCall<Optional<Integer>> call = KintoCall.of(request, KintoResponse::status).ifModified();
		assertThat(Requests.text(call)).contains("If-None-Match: \"5\"");
		assertThat(call.read(Responses.empty(304))).isEmpty();
		assertThat(call.read(Responses.empty(200))).contains(200);
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> call.read(Responses.empty(404)));
	}

}
