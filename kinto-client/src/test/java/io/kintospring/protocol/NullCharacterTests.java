package io.kintospring.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoGroup;
import io.kintospring.query.KintoQuery;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Kinto on PostgreSQL cannot store U+0000, and responds with 503.
 */
class NullCharacterTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = Requests.collection();

	private static final BucketCalls BUCKET = Requests.kinto().bucket("b");

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void nullCharacterIsRejected(String place, ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call)
			.withMessage("The text at " + place
					+ " contains the character U+0000, which Kinto cannot store on PostgreSQL: remove it");
	}

	static Stream<Arguments> nullCharacterIsRejected() {
		Map<String, Object> text = Map.of("title", "s3cr3t\0");
		return Stream.of(call("/data/title", () -> RECORDS.create(text)),
				call("/data/title", () -> RECORDS.create("x", Map.of("title", "\0"))),
				call("/data/title", () -> RECORDS.create(ordered("before", "\\u0000", "title", "\0"))),
				call("/data/title", () -> RECORDS.createIfAbsent("x", text)),
				call("/data/title", () -> RECORDS.replace("x", text)),
				call("/data/title", () -> RECORDS.patch("x", text)),
				call("/data/title", () -> RECORDS.mergePatch("x", text)),
				call("/data/title", () -> Requests.collection(Post.class).create(new Post("\"\\\n\0", 1))),
				call("/data/ti\\u0000tle", () -> RECORDS.create(Map.of("ti\0tle", 1))),
				call("/data/a/0/b/1", () -> RECORDS.create(Map.of("a", List.of(Map.of("b", List.of("x", "\0")))))),
				call("/permissions/read/1",
						() -> RECORDS.create(Map.of(), (w) -> w.permissions((p) -> p.read("a", "b\0")))),
				call("/permissions/re\\u0000ad",
						() -> RECORDS.permissions("x").set((p) -> p.with("re\0ad", List.of()))),
				call("/permissions/write/0", () -> BUCKET.permissions().set((p) -> p.write("\0"))),
				call("/data/members/0", () -> BUCKET.groups().create("g", KintoGroup.of("account:\0"))),
				call("/data/floor", () -> BUCKET.groups().create("g", KintoGroup.of().attribute("floor", "\0"))),
				call("/data/title", () -> BUCKET.attributes().replace(text)),
				call("/data/title", () -> BUCKET.collections().create("c", text)),
				call("/data/title", () -> Requests.kinto().buckets().create("b", text)),
				call("/data/password", () -> Requests.kinto().createAccount("ann", "s3cr3t\0")),
				call("/data/password", () -> Requests.kinto().changePassword("ann", "s3cr3t\0")),
				call("/0/value", () -> RECORDS.jsonPatch("x", (p) -> p.add("/data/a", "\0"))),
				call("/1/value/a",
						() -> RECORDS.jsonPatch("x", (p) -> p.remove("/data/a").test("/data/b", Map.of("a", "\0")))),
				call("/0/path", () -> RECORDS.jsonPatch("x", (p) -> p.remove("/data/\0"))),
				call("/0/from", () -> RECORDS.jsonPatch("x", (p) -> p.move("/data/\0", "/data/a"))),
				call("/title", () -> attach(text, "a.txt")));
	}

	private static Arguments call(String place, ThrowingCallable call) {
		return arguments(place, call);
	}

	@Test
	void nullCharacterInFormIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> attach(Map.of(), "a\0.txt"))
			.withMessage("The name of the file contains the character U+0000, which Kinto cannot store on PostgreSQL:"
					+ " use another filename(…)");
		assertThatIllegalArgumentException().isThrownBy(() -> RECORDS.attachments()
			.add("x", new ByteArrayResource(new byte[1]), (u) -> u.filename("a.txt").permissions((p) -> p.read("\0"))))
			.withMessageStartingWith("The text at /read/0 contains the character U+0000");
		assertThat(attach(Map.of(), "a.txt")).isNotNull();
	}

	private static KintoCall<?> attach(Map<String, Object> data, String filename) {
		return RECORDS.attachments().add("x", new ByteArrayResource(new byte[3]), data, (u) -> u.filename(filename));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void nullCharacterInQueryIsRejected(String name, KintoQuery.Customizer query) {
		List<Function<KintoQuery.Customizer, Object>> calls = List.of(RECORDS::list, RECORDS::stream, RECORDS::count,
				BUCKET.groups()::list, BUCKET.history()::list, Requests.kinto().buckets()::list,
				Requests.kinto()::streamPermissions);
		for (Function<KintoQuery.Customizer, Object> call : calls) {
			assertThatIllegalArgumentException().isThrownBy(() -> call.apply(query))
				.withMessage("'" + name + "' of the query contains the character U+0000, which Kinto cannot compare on"
						+ " PostgreSQL: remove it");
		}
	}

	static Stream<Arguments> nullCharacterInQueryIsRejected() {
		return Stream.of(query("eq_a", (q) -> q.where("a").is("s3cr3t\0")),
				query("eq_a", (q) -> q.where("a").is(Map.of("b", List.of("\0")))),
				query("eq_a", (q) -> q.where("a").is(Map.of("\0", 1))),
				query("in_a", (q) -> q.where("a").in("x", "\0")), query("exclude_a", (q) -> q.where("a").notIn("\0")),
				query("contains_a", (q) -> q.where("a").contains("x", "\0")),
				query("like_a", (q) -> q.where("a").like("*\0")), query("a b\\u0000", (q) -> q.where("a b\0").is(1)),
				query("a", (q) -> q.filter("a", "\0")), query("a", (q) -> q.filter("a", " \"\\u0000\"")),
				query("a\\u0000", (q) -> q.filter("a\0", "x")));
	}

	private static Arguments query(String name, KintoQuery.Customizer query) {
		return arguments(name, query);
	}

	@Test
	void nullCharacterInFieldNameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> RECORDS.list((q) -> q.fields("a\0")))
			.withMessageStartingWith("'_fields' of the query contains the character U+0000");
		assertThatIllegalArgumentException().isThrownBy(() -> RECORDS.list((q) -> q.sort("a\0")));
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.kinto().createAccount("ann\0", "s3cr3t"));
	}

	/**
	 * An escaped backslash is not part of an escape sequence.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "\\\\u0000", "\\\\\\u0000", "u0000", "\\", "\\\\", "\\u000", "\u0001\u0002",
			"\\\"u0000", "a\\" })
	void escapedBackslashIsNoNullCharacter(String text) {
		for (String value : List.of(text, text + text, "1234567" + text, "12345678" + text, text + "12345678")) {
			assertThat(Requests.body(RECORDS.create(Map.of(value, value)))).isNotEmpty();
			assertThat(RECORDS.list((q) -> q.where("a").is(value).filter("b", value)).request()).isNotNull();
		}
	}

	@Test
	void nullCharacterIsFoundAtAnyPosition() {
		for (String before : List.of("", "\\", "\\\\", "\"", "\n", "\u0001", "\u20ac", "\ud83d\ude00")) {
			IntStream.range(0, 40)
				.mapToObj((length) -> "x".repeat(length) + before + "\0")
				.forEach((text) -> assertThatThrownBy(() -> RECORDS.create(Map.of("a", text, "b", "y".repeat(9))))
					.as(text)
					.hasMessageStartingWith("The text at /data/a contains"));
		}
	}

	private static Map<String, Object> ordered(String one, Object first, String two, Object second) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(one, first);
		map.put(two, second);
		return map;
	}

}
