package io.kintospring.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoWriteOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Preconditions of the option {@code safe}.
 */
class SafeTests {

	private static final KintoObject<Map<String, Object>> OBJECT = new KintoObject<>("x", KintoTimestamp.of(5),
			Map.of("a", 1), KintoPermissions.none());

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
			OPERATION              | BY DEFAULT       | SAFE             | NOT SAFE
			CREATE                 | If-None-Match: * | If-None-Match: * | -
			CREATE_WITH_ID         | If-None-Match: * | If-None-Match: * | -
			CREATE_WITH_ID_IN_DATA | If-None-Match: * | If-None-Match: * | -
			UPDATE                 | -                | If-None-Match: * | -
			UPDATE_OBJECT          | If-Match: "5"    | If-Match: "5"    | -
			UPDATE_VERSIONED_DATA  | If-Match: "6"    | If-Match: "6"    | -
			UPDATE_LAST_MODIFIED   | If-Match: "7"    | If-Match: "7"    | -
			UPDATE_OBJECT_AND_BOTH | If-Match: "7"    | If-Match: "7"    | -
			PATCH                  | -                | refused          | -
			PATCH_OBJECT           | If-Match: "5"    | If-Match: "5"    | -
			PATCH_VERSIONED_DATA   | If-Match: "6"    | If-Match: "6"    | -
			PATCH_LAST_MODIFIED    | If-Match: "7"    | If-Match: "7"    | -
			DELETE                 | -                | refused          | -
			DELETE_OBJECT          | If-Match: "5"    | If-Match: "5"    | -
			DELETE_LAST_MODIFIED   | If-Match: "7"    | If-Match: "7"    | -
			""")
	void writeSends(Write write, @Nullable String byDefault, @Nullable String safe, @Nullable String notSafe) {
		for (Boolean ofHandle : Arrays.asList(null, true, false)) {
			for (Boolean ofOperation : Arrays.asList(null, true, false)) {
				Boolean effective = (ofOperation != null) ? ofOperation : ofHandle;
				String expected = (effective == null) ? byDefault : (effective ? safe : notSafe);
				assertThat(precondition(write, ofHandle, ofOperation))
					.as("safe(%s) on the handle, safe(%s) on the operation", ofHandle, ofOperation)
					.isEqualTo(expected);
			}
		}
	}

	private static @Nullable String precondition(Write write, @Nullable Boolean ofHandle,
			@Nullable Boolean ofOperation) {
		CollectionCalls<Map<String, Object>> collection = Requests.kinto()
			.bucket("b")
			.collection("c", (o) -> (ofHandle != null) ? o.safe(ofHandle) : o);
		try {
			return precondition(write.call.on(collection, (w) -> (ofOperation != null) ? w.safe(ofOperation) : w));
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage().contains("has no version to compare") ? "refused" : ex.toString();
		}
	}

	private static @Nullable String precondition(KintoCall<?> call) {
		Map<String, String> headers = new HashMap<>(Requests.headers(call));
		headers.keySet().removeIf((name) -> !name.startsWith("If-"));
		return headers.isEmpty() ? null : headers.toString().replace("=", ": ").replaceAll("[{}]", "");
	}

	@Test
	void innermostSafeOptionWins() {
		KintoOptions.Customizer safe = (o) -> o.safe(true);
		KintoOptions.Customizer unsafe = (o) -> o.safe(false);
		assertThat(precondition(Requests.kinto(unsafe).bucket("b").collection("c").update(OBJECT))).isNull();
		assertThat(precondition(Requests.kinto(unsafe).bucket("b", safe).collection("c").replace("x", Map.of())))
			.isEqualTo("If-None-Match: *");
		assertThat(precondition(Requests.kinto(safe).bucket("b", safe).collection("c", unsafe).replace("x", Map.of())))
			.isNull();
		assertThat(precondition(Requests.kinto(safe).bucket("b", unsafe).attributes().replace(Map.of()))).isNull();
		assertThat(precondition(Requests.kinto(safe).buckets().create("x"))).isEqualTo("If-None-Match: *");
		assertThat(precondition(Requests.kinto(unsafe).buckets().create("x"))).isNull();
	}

	@Test
	void missingVersionMessageHasAdvice() {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().delete("x", (w) -> w.safe(true)))
			.withMessage("deleteRecord of /buckets/b/collections/c/records/x is safe, but has no version to compare:"
					+ " pass the object that you read, lastModified(\u2026) or safe(false)");
	}

	@Test
	void safeReadHasNoPrecondition() {
		CollectionCalls<Map<String, Object>> collection = Requests.kinto((o) -> o.safe(true))
			.bucket("b")
			.collection("c");
		assertThat(precondition(collection.get("x"))).isNull();
		assertThat(precondition(collection.list())).isNull();
		assertThat(precondition(Requests.kinto((o) -> o.safe(true)).fetchServerInfo())).isNull();
	}

	@Test
	void dataOfOtherObjectIsRejected() {
		Map<String, Object> copied = Map.of("id", "other", "last_modified", 6);
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().replace("x", copied))
			.withMessageContaining("was passed data with another id, 'other'");
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().patch("x", copied))
			.withMessageContaining("was passed data with another id, 'other'");
	}

	@Test
	void unsetVersionInDataIsNotCompared() {
		assertThat(precondition(Requests.collection(Versioned.class).replace("x", new Versioned("x", 0)))).isNull();
		assertThat(precondition(Requests.collection(Versioned.class).replace("x", new Versioned("x", 8))))
			.isEqualTo("If-Match: \"8\"");
	}

	@Test
	void negativeVersionIsRejected() {
		KintoObject<Map<String, Object>> imported = new KintoObject<>("x", KintoTimestamp.of(-5), Map.of(),
				KintoPermissions.none());
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().update(imported))
			.withMessageContaining("-5 is negative")
			.withMessageContaining("safe(false)");
		assertThat(precondition(Requests.collection().update(imported, (w) -> w.safe(false)))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "If-Match, '\"3\"'", "if-none-match, *" })
	void explicitPreconditionIsKept(String name, String value) {
		assertThat(Requests.collection().update(OBJECT, (w) -> w.header(name, value)).request().headers())
			.satisfies((headers) -> {
				assertThat(headers.getFirst(name)).isEqualTo(value);
				assertThat(headers.size()).isEqualTo(3);
			});
	}

	record Versioned(String id, long last_modified) {
	}

	@Test
	void versionOfAnotherObjectIsRejected() {
		KintoObject<Map<String, Object>> other = new KintoObject<>("other", KintoTimestamp.of(5), Map.of(),
				KintoPermissions.none());
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		for (ThrowingCallable write : List.<ThrowingCallable>of(
				() -> collection.patch("x", Map.of(), (o) -> o.ifUnchanged(other)),
				() -> collection.mergePatch("x", Map.of(), (o) -> o.ifUnchanged(other)),
				() -> collection.jsonPatch("x", (p) -> p, (o) -> o.ifUnchanged(other)),
				() -> collection.replace("x", Map.of(), (o) -> o.ifUnchanged(other)),
				() -> collection.delete("x", (o) -> o.ifUnchanged(other)))) {
			assertThatIllegalArgumentException().isThrownBy(write)
				.withMessageEndingWith("must not use ifUnchanged(…) with another object, 'other'");
		}
	}

	enum Write {

		CREATE((c, w) -> c.create(Map.of("a", 1), w)),

		CREATE_WITH_ID((c, w) -> c.create("x", Map.of("a", 1), w)),

		CREATE_WITH_ID_IN_DATA((c, w) -> c.create(Map.of("id", "x", "last_modified", 6), w)),

		UPDATE((c, w) -> c.replace("x", Map.of("a", 1), w)),

		UPDATE_OBJECT((c, w) -> c.update(OBJECT, w)),

		UPDATE_VERSIONED_DATA((c, w) -> c.replace("x", Map.of("id", "x", "last_modified", 6), w)),

		UPDATE_LAST_MODIFIED(
				(c, w) -> c.replace("x", Map.of("a", 1), (o) -> w.apply(o).lastModified(KintoTimestamp.of(7)))),

		UPDATE_OBJECT_AND_BOTH((c, w) -> c.update(OBJECT.withData(Map.of("last_modified", 6)),
				(o) -> w.apply(o).lastModified(KintoTimestamp.of(7)))),

		PATCH((c, w) -> c.patch("x", Map.of("a", 1), w)),

		PATCH_OBJECT((c, w) -> c.patch(OBJECT.id(), Map.of("a", 2), w, (o) -> o.ifUnchanged(OBJECT))),

		PATCH_VERSIONED_DATA((c, w) -> c.patch("x", Map.of("a", 1, "last_modified", 6), w)),

		PATCH_LAST_MODIFIED(
				(c, w) -> c.patch("x", Map.of("a", 1), (o) -> w.apply(o).lastModified(KintoTimestamp.of(7)))),

		DELETE((c, w) -> c.delete("x", w)),

		DELETE_OBJECT((c, w) -> c.delete(OBJECT, w)),

		DELETE_LAST_MODIFIED((c, w) -> c.delete(OBJECT, (o) -> w.apply(o).lastModified(KintoTimestamp.of(7))));

		private final Call call;

		Write(Call call) {
			this.call = call;
		}

	}

	interface Call {

		KintoCall<?> on(CollectionCalls<Map<String, Object>> collection, KintoWriteOptions.Customizer options);

	}

}
