package io.kintospring.protocol;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requests of all calls.
 */
class RequestTests {

	private static final Map<String, Object> DATA = Map.of("a", 1);

	private static final String BODY = "{\"data\":{\"a\":1}}";

	private static final String NOTHING = "{\"data\":{}}";

	private static final KintoObject<Map<String, Object>> OBJECT = new KintoObject<>("x", KintoTimestamp.of(5), DATA,
			KintoPermissions.none());

	private static final KintoObject<Map<String, Object>> OWN = new KintoObject<>("b", KintoTimestamp.of(5), DATA,
			KintoPermissions.none());

	private static final String MUST_NOT_EXIST = "If-None-Match: *";

	private static final String MUST_BE_FIVE = "If-Match: \"5\"";

	@ParameterizedTest
	@MethodSource
	void callSends(KintoCall<?> call, String operation, String expected) {
		assertThat(call.request().operation()).isEqualTo(operation);
		assertThat(Requests.text(call)).isEqualTo(expected);
	}

	static Stream<Object[]> callSends() {
		return Stream
			.of(server(), bucket(), collection(), records(), ifAbsent(), groups(), patches(), permissions(), lists())
			.flatMap((rows) -> rows);
	}

	private static Stream<Object[]> ifAbsent() {
		KintoCalls kinto = Requests.kinto();
		BucketCalls bucket = kinto.bucket("b");
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		String id = "{\"data\":{\"id\":\"x\"}}";
		String body = "{\"data\":{\"id\":\"x\",\"a\":1}}";
		String readable = "{\"data\":{\"id\":\"x\",\"a\":1},\"permissions\":{\"read\":[\"me\"]}}";
		String records = "POST /buckets/b/collections/c/records";
		return Stream.of(write("createBucketIfAbsent", kinto.buckets().createIfAbsent("x"), "POST /buckets", id),
				write("createBucketIfAbsent", kinto.buckets().createIfAbsent("x", DATA), "POST /buckets", body),
				write("createBucketIfAbsent",
						kinto.buckets().createIfAbsent("x", DATA, (w) -> w.permissions((p) -> p.read("me"))),
						"POST /buckets", readable),
				write("createCollectionIfAbsent", bucket.collections().createIfAbsent("x"),
						"POST /buckets/b/collections", id),
				write("createCollectionIfAbsent", bucket.collections().createIfAbsent("x", DATA),
						"POST /buckets/b/collections", body),
				write("createGroupIfAbsent", bucket.groups().createIfAbsent("x", KintoGroup.of("account:a")),
						"POST /buckets/b/groups", "{\"data\":{\"id\":\"x\",\"members\":[\"account:a\"]}}"),
				write("createRecordIfAbsent", collection.createIfAbsent("x", DATA), records, body),
				write("createRecordIfAbsent", collection.createIfAbsent("x", DATA, (w) -> w.safe(true)), records, body),
				write("createRecordIfAbsent", collection.createIfAbsent("x", Map.of("id", "other")), records, id),
				write("createRecordIfAbsent",
						collection.createIfAbsent("x", DATA, (w) -> w.permissions((p) -> p.read("me"))), records,
						readable));
	}

	private static Stream<Object[]> groups() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		String groups = "/buckets/b/groups";
		KintoGroup data = KintoGroup.of("account:a").attribute("a", 1);
		KintoObject<KintoGroup> group = new KintoObject<>("x", KintoTimestamp.of(5), data, KintoPermissions.none());
		String body = "{\"data\":{\"members\":[\"account:a\"],\"a\":1}}";
		return Stream.of(
				write("createGroup", bucket.groups().create(data), "PUT " + groups + "/{random}", body, MUST_NOT_EXIST),
				write("createGroup", bucket.groups().create("x", data), "PUT " + groups + "/x", body, MUST_NOT_EXIST),
				write("createGroup", bucket.groups().create("x", data, (w) -> w.permissions((p) -> p.read("me"))),
						"PUT " + groups + "/x",
						"{\"data\":{\"members\":[\"account:a\"],\"a\":1},\"permissions\":{\"read\":[\"me\"]}}",
						MUST_NOT_EXIST),
				write("createGroup", bucket.groups().create("x", KintoGroup.of()), "PUT " + groups + "/x",
						"{\"data\":{\"members\":[]}}", MUST_NOT_EXIST),
				get("getGroup", bucket.groups().get("x"), groups + "/x"),
				get("findGroup", bucket.groups().find("x"), groups + "/x"),
				write("updateGroup", bucket.groups().update(group), "PUT " + groups + "/x", body, MUST_BE_FIVE),
				write("replaceGroup", bucket.groups().replace("x", data), "PUT " + groups + "/x", body),
				write("patchGroup", bucket.groups().patch(group.id(), DATA, (w) -> w.ifUnchanged(group)),
						"PATCH " + groups + "/x", BODY, MUST_BE_FIVE),
				write("patchGroup", bucket.groups().patch("x", DATA), "PATCH " + groups + "/x", BODY),
				delete("deleteGroup", bucket.groups().delete("x"), groups + "/x"),
				delete("deleteGroup", bucket.groups().delete(group), groups + "/x", MUST_BE_FIVE));
	}

	/**
	 * Kinto compares the whole {@code Content-Type}, so it must have no charset.
	 */
	private static Stream<Object[]> patches() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		String self = "PATCH /buckets/b/collections/c";
		String record = self + "/records/x";
		String merge = "application/merge-patch+json";
		String json = "application/json-patch+json";
		Map<String, Object> remove = Collections.singletonMap("b", null);
		String body = "{\"data\":{\"b\":null}}";
		UnaryOperator<KintoPatch> patch = (p) -> p.add("/data/b", 1);
		String operations = "[{\"op\":\"add\",\"path\":\"/data/b\",\"value\":1}]";
		return Stream.of(
				patch("mergePatchBucket", bucket.attributes().mergePatch(remove), "PATCH /buckets/b", merge, body),
				patch("mergePatchCollection", collection.attributes().mergePatch(remove), self, merge, body),
				patch("mergePatchGroup", bucket.groups().mergePatch("x", remove), "PATCH /buckets/b/groups/x", merge,
						body),
				patch("mergePatchRecord", collection.mergePatch("x", remove), record, merge, body),
				patch("mergePatchRecord", collection.mergePatch("x", Map.of("id", "x")), record, merge,
						"{\"data\":{}}"),
				patch("mergePatchRecord", collection.mergePatch(OBJECT.id(), remove, (w) -> w.ifUnchanged(OBJECT)),
						record, merge, body, MUST_BE_FIVE),
				patch("mergePatchRecord", collection.mergePatch("x", remove, (w) -> w.permissions((p) -> p.read("me"))),
						record, merge, "{\"data\":{\"b\":null},\"permissions\":{\"read\":[\"me\"]}}"),
				patch("jsonPatchBucket", bucket.attributes().jsonPatch(patch), "PATCH /buckets/b", json, operations),
				patch("jsonPatchCollection", collection.attributes().jsonPatch(patch), self, json, operations),
				patch("jsonPatchGroup", bucket.groups().jsonPatch("x", patch), "PATCH /buckets/b/groups/x", json,
						operations),
				patch("jsonPatchRecord", collection.jsonPatch(OBJECT.id(), patch, (w) -> w.ifUnchanged(OBJECT)), record,
						json, operations, MUST_BE_FIVE),
				patch("jsonPatchRecord", collection.jsonPatch("x", patch, (w) -> w.lastModified(KintoTimestamp.of(5))),
						record, json, operations, MUST_BE_FIVE),
				patch("jsonPatchRecord",
						collection.jsonPatch("x",
								(p) -> p.test("/data/a", "x")
									.remove("/data/a")
									.replace("/data/b", null)
									.move("/data/c", "/data/d")
									.copy("/data/d", "/data/e")
									.add("/data/list/-", Map.of("id", 1))
									.add("/permissions/read/account:a", "account:a")),
						record, json,
						"[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"x\"},{\"op\":\"remove\",\"path\":\"/data/a\"},"
								+ "{\"op\":\"replace\",\"path\":\"/data/b\",\"value\":null},"
								+ "{\"op\":\"move\",\"path\":\"/data/d\",\"from\":\"/data/c\"},"
								+ "{\"op\":\"copy\",\"path\":\"/data/e\",\"from\":\"/data/d\"},"
								+ "{\"op\":\"add\",\"path\":\"/data/list/-\",\"value\":{\"id\":1}},"
								+ "{\"op\":\"add\",\"path\":\"/permissions/read/account:a\",\"value\":\"account:a\"}]"));
	}

	/**
	 * Kinto ignores empty permissions, and creates missing objects.
	 */
	private static Stream<Object[]> permissions() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		String mustExist = "If-Match: *";
		String noPrincipals = "{\"permissions\":{\"read\":[]}}";
		return Stream.of(get("getPermissions", bucket.permissions().get(), "/buckets/b"),
				get("getPermissions", bucket.groups().permissions("g").get(), "/buckets/b/groups/g"),
				get("getPermissions", collection.permissions().get(), "/buckets/b/collections/c"),
				get("getPermissions", collection.permissions("r").get(), "/buckets/b/collections/c/records/r"),
				write("setPermissions", bucket.permissions().set((p) -> p.write("me", "/buckets/b/groups/g")),
						"PUT /buckets/b", "{\"permissions\":{\"write\":[\"me\",\"/buckets/b/groups/g\"]}}", mustExist),
				write("setPermissions", bucket.permissions().set((p) -> p), "PUT /buckets/b", noPrincipals, mustExist),
				write("setPermissions", collection.permissions().set((p) -> p.with("write", List.of())),
						"PUT /buckets/b/collections/c", "{\"permissions\":{\"write\":[]}}", mustExist),
				write("clearPermissions", bucket.permissions().clear(), "PUT /buckets/b", noPrincipals, mustExist),
				write("clearPermissions", collection.permissions("r").clear(), "PUT /buckets/b/collections/c/records/r",
						noPrincipals, mustExist),
				write("clearPermissions", Requests.kinto().bucket("b", (o) -> o.safe(false)).permissions().clear(),
						"PUT /buckets/b", noPrincipals));
	}

	private static Stream<Object[]> lists() {
		KintoCalls kinto = Requests.kinto();
		BucketCalls bucket = kinto.bucket("b");
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		KintoTimestamp five = KintoTimestamp.of(5);
		String records = "/buckets/b/collections/c/records";
		String unchanged = "\nIf-None-Match: \"5\"";
		return Stream.of(head("countBuckets", kinto.buckets().count(), "/buckets"),
				head("countCollections", bucket.collections().count((q) -> q.where("a").is(1)),
						"/buckets/b/collections?eq_a=1"),
				head("countGroups", bucket.groups().count(), "/buckets/b/groups"),
				head("countRecords", collection.count(), records),
				head("getBucketsTimestamp", kinto.buckets().timestamp(), "/buckets"),
				head("getCollectionsTimestamp", bucket.collections().timestamp(), "/buckets/b/collections"),
				head("getGroupsTimestamp", bucket.groups().timestamp(), "/buckets/b/groups"),
				head("getRecordsTimestamp", collection.timestamp(), records),
				get("listGroups", bucket.groups().list((q) -> q.limit(2)), "/buckets/b/groups?_limit=2"),
				get("listBucketsIfChanged", kinto.buckets().listIfChanged(five), "/buckets", unchanged),
				get("listCollectionsIfChanged", bucket.collections().listIfChanged(five), "/buckets/b/collections",
						unchanged),
				get("listGroupsIfChanged", bucket.groups().listIfChanged(five), "/buckets/b/groups", unchanged),
				get("listRecordsIfChanged", collection.listIfChanged(five, (q) -> q.limit(2)), records + "?_limit=2",
						unchanged),
				get("listRecordsIfChanged", collection.listIfChanged(null), records),
				get("getRecordIfChanged", collection.getIfChanged("x", null), records + "/x"),
				get("streamBuckets", kinto.buckets().stream().first(), "/buckets"),
				get("streamCollections", bucket.collections().stream().first(), "/buckets/b/collections"),
				get("streamGroups", bucket.groups().stream().first(), "/buckets/b/groups"),
				get("streamRecords", collection.stream((q) -> q.limit(2).pages(3)).first(), records + "?_limit=2"),
				get("watchChanges", collection.watch(null, Duration.ofSeconds(1)).first(),
						records + "?_sort=-last_modified&_limit=100&eq_deleted=true&_since=%220%22"),
				get("watchChanges", collection.watch(KintoCheckpoint.of(five), Duration.ofSeconds(1)).first(),
						records + "?_sort=last_modified&_since=%225%22"));
	}

	private static Object[] get(String operation, KintoCall<?> call, String target, String headers) {
		return new Object[] { call, operation, "GET " + target + "\nAccept: application/json" + headers };
	}

	private static Object[] head(String operation, KintoCall<?> call, String target) {
		return new Object[] { call, operation, "HEAD " + target + "\nAccept: application/json" };
	}

	private static Object[] patch(String operation, KintoCall<?> call, String line, String contentType, String body,
			String... precondition) {
		return new Object[] { call, operation,
				line + "\nAccept: application/json\nContent-Type: " + contentType + lines(precondition) + "\n" + body };
	}

	private static Stream<Object[]> server() {
		KintoCalls kinto = Requests.kinto();
		return Stream.of(get("fetchServerInfo", kinto.fetchServerInfo(), "/"), get("fetchUser", kinto.fetchUser(), "/"),

				write("createBucket", kinto.buckets().create(Map.of()), "PUT /buckets/{random}", NOTHING,
						MUST_NOT_EXIST),
				write("createBucket", kinto.buckets().create(DATA, (w) -> w), "PUT /buckets/{random}", BODY,
						MUST_NOT_EXIST),
				write("createBucket", kinto.buckets().create("x"), "PUT /buckets/x", NOTHING, MUST_NOT_EXIST),
				write("createBucket", kinto.buckets().create("x", DATA), "PUT /buckets/x", BODY, MUST_NOT_EXIST),
				write("createBucket", kinto.buckets().create("x", DATA, (w) -> w.permissions((p) -> p.read("me"))),
						"PUT /buckets/x", "{\"data\":{\"a\":1},\"permissions\":{\"read\":[\"me\"]}}", MUST_NOT_EXIST),
				delete("deleteBucket", kinto.buckets().delete("x"), "/buckets/x"),
				delete("deleteBucket", kinto.buckets().delete("x", (w) -> w.lastModified(KintoTimestamp.of(5))),
						"/buckets/x", MUST_BE_FIVE),
				delete("deleteBucket", kinto.buckets().delete(OBJECT), "/buckets/x", MUST_BE_FIVE),
				delete("deleteBucket", kinto.buckets().delete(OBJECT, (w) -> w.safe(false)), "/buckets/x"),
				get("listBuckets", kinto.buckets().list(), "/buckets"),
				get("listBuckets", kinto.buckets().list((q) -> q.limit(3)), "/buckets?_limit=3"));
	}

	private static Stream<Object[]> bucket() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		String collections = "/buckets/b/collections";
		return Stream.of(get("getBucket", bucket.attributes().get(), "/buckets/b"),
				get("getBucket", Requests.kinto().bucket().attributes().get(), "/buckets/default"),
				write("replaceBucket", bucket.attributes().replace(DATA), "PUT /buckets/b", BODY),
				write("replaceBucket", bucket.attributes().replace(DATA, (w) -> w.safe(true)), "PUT /buckets/b", BODY,
						MUST_NOT_EXIST),
				write("updateBucket", bucket.attributes().update(OWN), "PUT /buckets/b", BODY, MUST_BE_FIVE),
				write("updateBucket", bucket.attributes().update(OWN, (w) -> w.safe(false)), "PUT /buckets/b", BODY),
				write("updateBucket", Requests.kinto().bucket().attributes().update(OWN), "PUT /buckets/default", BODY,
						MUST_BE_FIVE),
				write("patchBucket", bucket.attributes().patch(DATA), "PATCH /buckets/b", BODY),
				write("patchBucket", bucket.attributes().patch(DATA, (w) -> w.lastModified(KintoTimestamp.of(5))),
						"PATCH /buckets/b", BODY, MUST_BE_FIVE),
				write("createCollection", bucket.collections().create(Map.of()), "PUT " + collections + "/{random}",
						NOTHING, MUST_NOT_EXIST),
				write("createCollection", bucket.collections().create(DATA, (w) -> w),
						"PUT " + collections + "/{random}", BODY, MUST_NOT_EXIST),
				write("createCollection", bucket.collections().create("x"), "PUT " + collections + "/x", NOTHING,
						MUST_NOT_EXIST),
				write("createCollection", bucket.collections().create("x", DATA), "PUT " + collections + "/x", BODY,
						MUST_NOT_EXIST),
				write("createCollection", bucket.collections().create("x", DATA, (w) -> w.safe(false)),
						"PUT " + collections + "/x", BODY),
				delete("deleteCollection", bucket.collections().delete("x"), collections + "/x"),
				delete("deleteCollection",
						bucket.collections().delete("x", (w) -> w.lastModified(KintoTimestamp.of(5))),
						collections + "/x", MUST_BE_FIVE),
				delete("deleteCollection", bucket.collections().delete(OBJECT), collections + "/x", MUST_BE_FIVE),
				delete("deleteCollection", bucket.collections().delete(OBJECT, (w) -> w.safe(false)),
						collections + "/x"),
				get("listCollections", bucket.collections().list(), collections),
				get("listCollections", bucket.collections().list((q) -> q.sort("id")), collections + "?_sort=id"));
	}

	private static Stream<Object[]> collection() {
		CollectionCalls<Map<String, Object>> collection = Requests.kinto().bucket("a").collection("b");
		String self = "/buckets/a/collections/b";
		return Stream.of(get("getCollection", collection.attributes().get(), self),
				write("replaceCollection", collection.attributes().replace(DATA), "PUT " + self, BODY),
				write("replaceCollection", collection.attributes().replace(DATA, (w) -> w.safe(true)), "PUT " + self,
						BODY, MUST_NOT_EXIST),
				write("updateCollection", collection.attributes().update(OWN), "PUT " + self, BODY, MUST_BE_FIVE),
				write("updateCollection", collection.attributes().update(OWN, (w) -> w.safe(false)), "PUT " + self,
						BODY),
				write("patchCollection", collection.attributes().patch(DATA), "PATCH " + self, BODY),
				write("patchCollection",
						collection.attributes().patch(DATA, (w) -> w.lastModified(KintoTimestamp.of(5))),
						"PATCH " + self, BODY, MUST_BE_FIVE));
	}

	private static Stream<Object[]> records() {
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		String records = "/buckets/b/collections/c/records";
		String record = records + "/x";
		return Stream.of(
				write("createRecord", collection.create(DATA), "PUT " + records + "/{random}", BODY, MUST_NOT_EXIST),
				write("createRecord", collection.create(DATA, (w) -> w.permissions((p) -> p.write("me"))),
						"PUT " + records + "/{random}", "{\"data\":{\"a\":1},\"permissions\":{\"write\":[\"me\"]}}",
						MUST_NOT_EXIST),
				write("createRecord", collection.create("x", DATA), "PUT " + record, BODY, MUST_NOT_EXIST),
				write("createRecord", collection.create("x", DATA, (w) -> w.safe(false)), "PUT " + record, BODY),
				get("getRecord", collection.get("x"), record), get("getRecord", collection.get("x", (r) -> r), record),
				get("findRecord", collection.find("x"), record),
				get("findRecord", collection.find("x", (r) -> r), record),
				write("updateRecord", collection.update(OBJECT), "PUT " + record, BODY, MUST_BE_FIVE),
				write("updateRecord", collection.update(OBJECT, (w) -> w.safe(false)), "PUT " + record, BODY),
				write("replaceRecord", collection.replace("x", DATA), "PUT " + record, BODY),
				write("replaceRecord", collection.replace("x", DATA, (w) -> w.safe(true)), "PUT " + record, BODY,
						MUST_NOT_EXIST),
				write("patchRecord", collection.patch(OBJECT.id(), Map.of("b", 2), (w) -> w.ifUnchanged(OBJECT)),
						"PATCH " + record, "{\"data\":{\"b\":2}}", MUST_BE_FIVE),
				write("patchRecord",
						collection.patch(OBJECT.id(), Map.of("b", 2), (w) -> w.safe(false),
								(w) -> w.ifUnchanged(OBJECT)),
						"PATCH " + record, "{\"data\":{\"b\":2}}"),
				write("patchRecord", collection.patch("x", Map.of("b", 2)), "PATCH " + record, "{\"data\":{\"b\":2}}"),
				write("patchRecord", collection.patch("x", Map.of("b", 2), (w) -> w.lastModified(KintoTimestamp.of(5))),
						"PATCH " + record, "{\"data\":{\"b\":2}}", MUST_BE_FIVE),
				delete("deleteRecord", collection.delete("x"), record),
				delete("deleteRecord", collection.delete("x", (w) -> w.lastModified(KintoTimestamp.of(5))), record,
						MUST_BE_FIVE),
				delete("deleteRecord", collection.delete(OBJECT), record, MUST_BE_FIVE),
				delete("deleteRecord", collection.delete(OBJECT, (w) -> w.safe(false)), record),
				get("listRecords", collection.list(), records),
				get("listRecords", collection.list((q) -> q.sort("a", "-b").limit(2).filter("min_a", "1")),
						records + "?_sort=a%2C-b&_limit=2&min_a=1"));
	}

	private static Object[] get(String operation, KintoCall<?> call, String target) {
		return new Object[] { call, operation, "GET " + target + "\nAccept: application/json" };
	}

	private static Object[] delete(String operation, KintoCall<?> call, String target, String... precondition) {
		return new Object[] { call, operation,
				"DELETE " + target + "\nAccept: application/json" + lines(precondition) };
	}

	private static Object[] write(String operation, KintoCall<?> call, String line, String body,
			String... precondition) {
		return new Object[] { call, operation, line + "\nAccept: application/json\nContent-Type: application/json"
				+ lines(precondition) + "\n" + body };
	}

	private static String lines(String... lines) {
		return (lines.length == 0) ? "" : "\n" + String.join("\n", lines);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "A-_9", "a-very-long-one-0123456789-0123456789-0123456789-0123456789" })
	void validIdIsAccepted(String id) {
		assertThat(Requests.collection().get(id).request().path()).isEqualTo("/buckets/b/collections/c/records/" + id);
		assertThat(Requests.kinto().bucket(id).collection(id).attributes().get().request().path())
			.isEqualTo("/buckets/" + id + "/collections/" + id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "_a", "-a", "a b", "a/b", "..", "a.b", "a?b", "a#b", "%41", "\u00e9", "a\u00e9",
			"a\n", "a:b" })
	void invalidIdIsRejected(String id) {
		KintoCalls kinto = Requests.kinto();
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		KintoObject<Map<String, Object>> object = new KintoObject<>(id, KintoTimestamp.of(5), DATA,
				KintoPermissions.none());
		assertInvalid(id, "bucket", () -> kinto.bucket(id));
		assertInvalid(id, "bucket", () -> kinto.buckets().create(id));
		assertInvalid(id, "bucket", () -> kinto.buckets().delete(id));
		assertInvalid(id, "collection", () -> kinto.bucket("b").collection(id));
		assertInvalid(id, "collection", () -> kinto.bucket("b").collections().create(id));
		assertInvalid(id, "record", () -> collection.create(id, DATA));
		assertInvalid(id, "record", () -> collection.get(id));
		assertInvalid(id, "record", () -> collection.find(id));
		assertInvalid(id, "record", () -> collection.update(object));
		assertInvalid(id, "record", () -> collection.patch(id, DATA));
		assertInvalid(id, "record", () -> collection.delete(object));
		assertInvalid(id, "record", () -> collection.createIfAbsent(id, DATA));
		assertInvalid(id, "record", () -> collection.update(id, (data) -> data));
		assertInvalid(id, "record", () -> collection.jsonPatch(id, (p) -> p.remove("/data/a")));
		assertInvalid(id, "record", () -> collection.permissions(id));
		assertInvalid(id, "group", () -> kinto.bucket("b").groups().get(id));
		assertInvalid(id, "group", () -> kinto.bucket("b").groups().createIfAbsent(id, KintoGroup.of()));
		assertInvalid(id, "group", () -> kinto.bucket("b").groups().addMembers(id, "account:a"));
	}

	private static void assertInvalid(String id, String kind, Runnable call) {
		assertThatIllegalArgumentException().as(kind + " '" + id + "'")
			.isThrownBy(call::run)
			.withMessageStartingWith("'" + id + "' cannot be the id of a " + kind + ": it must start with");
	}

	@ParameterizedTest
	@CsvSource({ "/, /", "/batch, /batch", "/accounts/ann, /accounts/{account}",
			"/buckets/b/collections/c/records/r/attachment, /buckets/{bucket}/collections/{collection}/records/{record}/attachment",
			"/plugin/items/5, /**", "/plugin, /**", "/buckets/b/plugin/5, /buckets/{bucket}/**" })
	void routeReplacesIds(String path, String route) {
		assertThat(KintoRequest.of("x", HttpMethod.GET, path).route()).isEqualTo(route);
	}

	@Test
	void invalidDefaultBucketIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KintoCalls(new JsonMapper(), KintoOptions.of(), "my bucket"))
			.withMessageContaining("'my bucket' cannot be the id of a bucket");
	}

	@Test
	void attributesOfOtherObjectAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.kinto().bucket("b").attributes().update(OBJECT))
			.withMessage("updateBucket of /buckets/b was passed another object, 'x'");
	}

	@Test
	void createWithVersionIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection().create("x", DATA, (w) -> w.lastModified(KintoTimestamp.of(5))))
			.withMessageContaining("lastModified(\u2026) is not supported");
	}

	@Test
	void createIfAbsentWithVersionIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> Requests.collection().createIfAbsent("x", DATA, (w) -> w.lastModified(KintoTimestamp.of(5))))
			.withMessageContaining("lastModified(\u2026) is not supported");
	}

	/**
	 * In a posted id, Kinto replaces the word {@code default} by the id of the user's
	 * bucket.
	 */
	@Test
	void createIfAbsentInDefaultBucketHasIdInPath() {
		CollectionCalls<Map<String, Object>> collection = Requests.kinto().bucket().collection("c");
		assertThat(Requests.text(collection.createIfAbsent("my-default", DATA)))
			.isEqualTo("PUT /buckets/default/collections/c/records/my-default\nAccept: application/json\n"
					+ "Content-Type: application/json\nIf-None-Match: *\n" + BODY);
		assertThat(collection.createIfAbsent("x", DATA).request().method()).isEqualTo(HttpMethod.POST);
		assertThat(Requests.kinto().bucket().collections().createIfAbsent("default").request().target())
			.isEqualTo("/buckets/default/collections/default");
		assertThat(Requests.kinto().bucket("b").collections().createIfAbsent("default").request().target())
			.isEqualTo("/buckets/b/collections");
	}

	@Test
	void invalidJsonPatchIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoPatch.create().add("title", 1))
			.withMessage("'title' is not a valid path in a patch: it must start with /data or /permissions");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection()
				.jsonPatch("x", (p) -> p.remove("/data/a"), (w) -> w.permissions((p) -> p.read("me"))))
			.withMessage("jsonPatchRecord does not support permissions(\u2026): use operations on /permissions/\u2026");
	}

	@Test
	void safePatchWithoutVersionIsRejected() {
		CollectionCalls<Map<String, Object>> safe = Requests.kinto((o) -> o.safe(true)).bucket("b").collection("c");
		assertThatIllegalArgumentException().isThrownBy(() -> safe.mergePatch("x", DATA))
			.withMessageContaining("has no version to compare");
		assertThatIllegalArgumentException().isThrownBy(() -> safe.jsonPatch("x", (p) -> p.remove("/data/a")))
			.withMessageContaining("has no version to compare");
	}

	@Test
	void watchWithoutIntervalIsRejected() {
		for (Duration interval : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().watch(null, interval))
				.withMessage("interval must be positive, but was " + interval);
		}
	}

	@Test
	void deleteWithPermissionsIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection().delete("x", (w) -> w.permissions((p) -> p.read("me"))))
			.withMessageContaining("deleteRecord also deletes the permissions: permissions(\u2026) is not supported");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "buckets/b", "http://other/v1/buckets/b", "@other/buckets" })
	void pathWithoutLeadingSlashIsRejected(String path) {
		String message = "publish: the path '" + path
				+ "' must start with a slash and be relative to the root of the API," + " such as '/buckets/b'";
		assertThatIllegalArgumentException().isThrownBy(() -> KintoRequest.of("publish", HttpMethod.GET, path))
			.withMessage(message);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KintoRequest("publish", HttpMethod.GET, path, "", new HttpHeaders(), null, null))
			.withMessage(message);
	}

	@Test
	void responseCanBeReadRepeatedly() {
		KintoCall<KintoObject<Map<String, Object>>> call = Requests.collection().get("x");
		KintoResponse response = Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5}}");
		assertThat(call.read(response)).isEqualTo(call.read(response));
	}

}
