package io.kintospring.protocol;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Exceptions for error responses and unreadable ones.
 */
class ErrorTests {

	private static final String CALL = "getRecord GET /buckets/b/collections/c/records/x: ";

	private static final KintoCall<KintoObject<Post>> GET = Requests.collection(Post.class).get("x");

	private static final KintoCall<KintoObject<Post>> UPDATE = Requests.collection(Post.class)
		.replace("x", new Post("mine", 1));

	@ParameterizedTest
	@CsvSource({ "400, 107, KintoInvalidRequestException, Bad Request",
			"401, 104, KintoAccessDeniedException, Unauthorized", "403, 121, KintoAccessDeniedException, Forbidden",
			"404, 110, KintoNotFoundException, Not Found", "404, 111, KintoNotFoundException, Not Found",
			"404, 116, KintoNotFoundException, Not Found", "405, 115, KintoResponseException, Method Not Allowed",
			"406, 107, KintoResponseException, Not Acceptable", "409, 122, KintoUnavailableException, Conflict",
			"410, 202, KintoGoneException, Gone", "411, 112, KintoResponseException, Length Required",
			"412, 114, KintoConflictException, Precondition Failed",
			"413, 113, KintoResponseException, Content Too Large",
			"415, 107, KintoResponseException, Unsupported Media Type",
			"429, 117, KintoUnavailableException, Too Many Requests",
			"500, 999, KintoResponseException, Internal Server Error", "502, 999, KintoResponseException, Bad Gateway",
			"503, 201, KintoUnavailableException, Service Unavailable",
			"504, 999, KintoResponseException, Gateway Timeout" })
	void statusMapsToException(int status, int errno, String type, String reason) {
		KintoResponseException ex = error(GET, Responses.json(status, """
				{"code":%d,"errno":%d,"error":"E","message":"M"}""".formatted(status, errno)));
		assertThat(ex.getClass().getSimpleName()).isEqualTo(type);
		assertThat(ex).hasMessageStartingWith(CALL + status + " " + reason + " (errno " + errno + "): M").hasNoCause();
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.errno()).isEqualTo(errno);
		assertThat(ex.serverMessage()).isEqualTo("M");
		assertThat(ex.response().error()).isEqualTo("E");
		assertThat(ex.response().operation()).isEqualTo("getRecord");
		assertThat(ex.response().method()).isEqualTo("GET");
		assertThat(ex.response().path()).isEqualTo("/buckets/b/collections/c/records/x");
		assertThat(ex.details()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 410, 412, 429, 500, 502, 503, 302, 599, 799 })
	void errorWithoutBodyIsRead(int status) {
		KintoResponseException ex = error(GET, Responses.empty(status));
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.errno()).isNull();
		assertThat(ex.serverMessage()).isNull();
		assertThat(ex.response().body()).isEmpty();
		assertThat(ex).hasMessageStartingWith(CALL + status).hasMessageNotContaining("the response is not from Kinto");
	}

	/**
	 * A page of a proxy may repeat the request with its credentials.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 410, 412, 429, 500, 502, 503 })
	void messageOmitsHtmlOfError(int status) {
		String html = "<html>\n  <head><title>Bad</title></head><pre>Authorization: Basic abc</pre>";
		KintoResponseException ex = error(GET, Responses.html(status, html));
		assertThat(ex.response().body()).isEqualTo(html);
		assertThat(ex.errno()).isNull();
		assertThat(ex)
			.hasMessageContaining(
					"; the response is not from Kinto, but text/html (see response().body(), limited to 16 KiB)")
			.hasMessageNotContainingAny("Bad</title>", "Basic abc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[{\"errno\":110}]", "\"text\"", "5", "true", "null", "{", "{}",
			"{\"errno\":\"110\"}", "{\"errno\":110.5}", "{\"errno\":null,\"details\":null}",
			"{\"errno\":{},\"message\":[],\"details\":\"x\"}", "{\"errno\":99999999999}",
			"{\"details\":{\"existing\":5}}", "{\"details\":[5,null,\"x\",[]]}" })
	void foreignErrorBodyIsKept(String body) {
		for (int status : List.of(400, 404, 412, 500, 503)) {
			KintoResponseException ex = error(GET, Responses.json(status, body));
			assertThat(ex.status()).isEqualTo(status);
			assertThat(ex.errno()).isNull();
			assertThat(ex.serverMessage()).isNull();
			assertThat(ex.details()).isEmpty();
			assertThat(ex.response().body()).isEqualTo(body);
			assertThat(ex).hasMessageContaining("the response is not from Kinto, but application/json (");
		}
	}

	@Test
	void detailsAreRead() {
		KintoResponseException ex = error(UPDATE, Responses.json(400, """
				{"code":400,"errno":107,"error":"Invalid parameters","message":"data.a in body: Required",
				 "details":[{"location":"body","name":"data.a","description":"Required"},
				            {"location":"querystring","name":null,"description":"Nope"},
				            {"description":"Alone"}]}"""));
		assertThat(ex).isInstanceOf(KintoInvalidRequestException.class);
		assertThat(ex.details()).containsExactly(new KintoErrorDetail("body", "data.a", "Required"),
				new KintoErrorDetail("querystring", null, "Nope"), new KintoErrorDetail(null, null, "Alone"));
		assertThat(ex).hasMessage("replaceRecord PUT /buckets/b/collections/c/records/x: 400 Bad Request (errno 107):"
				+ " the server rejected 'data.a' in the body (see details() and serverMessage(), which may quote data);"
				+ " querystring: Nope");
	}

	/**
	 * Kinto names an element of a list by its index, and a part of a schema by its JSON.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "null",
			value = { "'a' | a", "0 | 0", "1.5 | 1.5", "true | true",
					"{'type': 'number', 'min': [1]} | {'type':'number','min':[1]}", "['a', 1] | ['a',1]", "null | null",
					"'' | ''" })
	void nameOfDetailIsKept(@Nullable String json, @Nullable String name) {
		String detail = "{\"location\":\"body\",\"name\":%s,\"description\":\"D\"}"
			.formatted((json != null) ? json.replace('\'', '"') : null);
		KintoResponseException ex = error(UPDATE,
				Responses.json(400, "{\"errno\":107,\"message\":\"M in body: D\",\"details\":[" + detail + "]}"));
		assertThat(ex.details()).containsExactly(new KintoErrorDetail("body",
				(name == null) ? null : name.equals("''") ? "" : name.replace('\'', '"'), "D"));
		assertThat(ex).hasMessageContaining("rejected " + ((name == null) ? "the body (" : "'"));
	}

	@Test
	void messageTruncatesLongNames() {
		String schema = "{\"const\":\"" + "x".repeat(200) + "\"}";
		KintoResponseException ex = error(UPDATE, Responses.json(400,
				"{\"errno\":107,\"details\":[{\"location\":\"body\",\"name\":" + schema + ",\"description\":\"D\"}]}"));
		assertThat(ex.details().get(0).name()).isEqualTo(schema);
		assertThat(ex.getMessage()).contains("'{\"const\":\"xxx").contains("xxx…' in the body").hasSizeLessThan(300);
	}

	/**
	 * Kinto quotes values that violate the schema.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "null", value = {
			"title in body: s3cr3t is not of type number | body | title | s3cr3t is no number | 'title' in the body",
			"body: s3cr3t failed | body | null | s3cr3t failed | the body",
			"body: Test failed: s3cr3t is not 5 | null | null | null | the body",
			"s3cr3t | body | 0 | s3cr3t | '0' in the body", "s3cr3t | null | null | s3cr3t | the body" })
	void messageOmitsServerTextOnRecords(String message, @Nullable String location, @Nullable String name,
			@Nullable String description, String text) {
		String details = (description == null) ? "null" : "[{\"location\":%s,\"name\":%s,\"description\":%s}]"
			.formatted(json(location), json(name), json(description));
		KintoResponseException ex = error(UPDATE,
				Responses.json(400, "{\"errno\":107,\"message\":\"" + message + "\",\"details\":" + details + "}"));
		assertThat(ex).hasMessage("replaceRecord PUT /buckets/b/collections/c/records/x: 400 Bad Request (errno 107):"
				+ " the server rejected " + text + " (see details() and serverMessage(), which may quote data)");
		assertThat(ex.serverMessage()).isEqualTo(message);
	}

	private static String json(@Nullable String text) {
		return (text != null) ? "\"" + text + "\"" : "null";
	}

	/**
	 * Kinto's message repeats the first detail.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "null",
			value = { "body: Nope | null | Nope | body: Nope",
					"data.a in body: Nope | data.a | Nope | data.a in body: Nope",
					"'id' is taken | id | 'id' is taken | 'id' is taken", "M | null | Nope | M; body: Nope",
					"data.a in body: Nope | data | Nope | data.a in body: Nope; data: Nope" })
	void messageContainsReasonOnce(String message, @Nullable String name, String description, String text) {
		String detail = "{\"location\":\"body\",\"name\":%s,\"description\":\"%s\"}"
			.formatted((name != null) ? "\"" + name + "\"" : null, description);
		assertThat(error(Requests.kinto().bucket("b").attributes().replace(Map.of()),
				Responses.json(400,
						"{\"errno\":107,\"message\":\"%s\",\"details\":[%s,%<s]}".formatted(message, detail))))
			.hasMessage("replaceBucket PUT /buckets/b: 400 Bad Request (errno 107): " + text);
	}

	@Test
	void messageNamesMissingParentOrPath() {
		KintoResponse unknown = Responses.json(404, "{\"errno\":111}");
		assertThat(error(GET, unknown))
			.hasMessageEndingWith("; the bucket or collection in that path does not exist: create it first");
		for (KintoRequest request : List.of(KintoRequest.of("ping", HttpMethod.GET, "/ping"),
				KintoRequest.of("download", HttpMethod.GET, "/attachments/b/1.txt"))) {
			assertThat(error(KintoCall.of(request, KintoResponse::status), unknown))
				.hasMessageEndingWith("(errno 111); the server does not know that path");
		}
		assertThat(error(GET, Responses.json(404, "{\"errno\":110}"))).hasMessageEndingWith("(errno 110)");
		assertThat(error(GET, unknown).response().isParentUnknown()).isTrue();
		assertThat(error(GET, Responses.json(404, "{\"errno\":110}")).response().isParentUnknown()).isFalse();
	}

	@Test
	void messageExplainsDeniedAccess() {
		assertThat(error(GET, Responses.json(403, "{\"errno\":121}")))
			.hasMessageEndingWith("; Kinto also returns this for a bucket that does not exist");
		assertThat(error(GET, Responses.json(401, "{\"errno\":104}")))
			.hasMessageEndingWith("; the server did not receive credentials, or does not accept them");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectFails(int status) {
		assertThat(error(GET,
				Responses.json(status, "{\"code\":\"307 Temporary Redirect\"}", "Location",
						"https://user:secret@h/v1/?a=b")))
			.isExactlyInstanceOf(KintoResponseException.class)
			.hasMessageContaining("; redirects are not followed: check the URL of the server, including its version")
			.hasMessageNotContaining("secret");
	}

	@Test
	void notModifiedIsNoRedirect() {
		assertThat(error(GET, Responses.empty(304))).isExactlyInstanceOf(KintoResponseException.class)
			.hasMessage(
					CALL + "304 Not Modified; the request has a precondition, and the object or list has not changed");
	}

	@Test
	void htmlSuccessFails() {
		KintoResponseException ex = error(GET, Responses.html(200, "<html>Log in</html>"));
		assertThat(ex).isExactlyInstanceOf(KintoResponseException.class)
			.hasMessageStartingWith(CALL + "the response (200, text/html) cannot be read as record of Post: ");
		assertThat(ex.getCause()).isNotNull();
		assertThat(ex.response().body()).isEqualTo("<html>Log in</html>");
		assertThat(error(Requests.kinto().fetchServerInfo(), Responses.html(200, "<html>"))).hasMessageStartingWith(
				"fetchServerInfo GET /: the response (200, text/html) cannot be read as server" + " information: ");
	}

	/**
	 * Spring's {@code @ExceptionHandler} methods match causes, too. One that responds to
	 * invalid input with 400 must not handle an invalid response.
	 */
	@Test
	void unreadableResponseIsNotCausedByAnIllegalArgument() {
		KintoResponse oneArray = Responses.json(200, "[]");
		for (KintoCall<?> call : List.of(GET, Requests.collection().list(), Requests.collection().count(),
				Requests.collection().timestamp(), Requests.collection().delete("x"),
				Requests.collection().permissions("x").get(), Requests.kinto().fetchServerInfo(),
				KintoCall.of(GET.request(), (response) -> {
					throw new IllegalArgumentException("own");
				}))) {
			KintoResponseException ex = error(call, oneArray);
			assertThat(Stream.iterate(ex.getCause(), Objects::nonNull, Throwable::getCause)).as(call.toString())
				.isNotEmpty()
				.noneMatch(IllegalArgumentException.class::isInstance);
		}
	}

	@Test
	void successWithoutBodyFails() {
		assertThat(error(GET, Responses.empty(204))).hasMessageStartingWith(CALL + "the response (204) cannot");
	}

	@Test
	void conflictContainsExistingObject() {
		KintoConflictException ex = conflict(UPDATE, """
				{"code":412,"errno":114,"error":"Precondition Failed","message":"Resource was modified meanwhile",
				 "details":{"existing":{"title":"theirs","stars":5,"id":"x","last_modified":17}}}""");
		KintoObject<Post> theirs = new KintoObject<>("x", KintoTimestamp.of(17), new Post("theirs", 5),
				KintoPermissions.none());
		assertThat(ex.isDuplicate()).isFalse();
		assertThat(ex.existing()).isEqualTo(Optional.of(theirs));
		assertThat(ex.existing(Post.class)).contains(theirs);
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> ex.existing(String.class));
		assertThat(ex).hasMessage("replaceRecord PUT /buckets/b/collections/c/records/x: 412 Precondition Failed"
				+ " (errno 114): Resource was modified meanwhile; the object now has the version 17: apply the change"
				+ " to existing() and write it again");
	}

	@Test
	void conflictOfBucketContainsAttributes() {
		KintoConflictException ex = conflict(Requests.kinto().buckets().create("x"),
				"{\"details\":{\"existing\":{\"a\":1,\"id\":\"x\",\"last_modified\":17}}}");
		assertThat(ex.isDuplicate()).isTrue();
		assertThat(ex.existing()).hasValueSatisfying((bucket) -> assertThat((Object) bucket.data())
			.isEqualTo(Map.of("a", 1, "id", "x", "last_modified", 17)));
	}

	@Test
	void conflictWithoutObjectHasAdvice() {
		KintoConflictException ex = conflict(UPDATE, "{\"errno\":114,\"message\":\"M\"}");
		assertThat(ex.existing()).isEmpty();
		assertThat(ex.existing(Post.class)).isEmpty();
		assertThat(ex).hasMessageEndingWith("M; the object was changed or deleted since you read it: read it, apply the"
				+ " change and write it again");
	}

	@Test
	void conflictDetailsIgnoreFieldsOfObject() {
		KintoConflictException ex = conflict(Requests.collection().replace("x", Map.of()), """
				{"errno":114,"message":"M","details":{"existing":
				{"id":"x","last_modified":17,"name":"N","description":"private words"}}}""");
		assertThat(ex.details()).isEmpty();
		assertThat(ex).hasMessageNotContaining("private words");
		assertThat(ex.existing()).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"id\":\"x\",\"last_modified\":17}",
			"{\"id\":\"x\",\"title\":\"T\",\"stars\":\"many\",\"last_modified\":17}", "{\"title\":\"T\",\"stars\":1}" })
	void conflictWithUnreadableObjectIsConflict(String existing) {
		KintoConflictException ex = conflict(UPDATE, "{\"errno\":114,\"details\":{\"existing\":" + existing + "}}");
		assertThat(ex.existing()).isEmpty();
		assertThat(ex.response().body()).contains(existing);
	}

	/**
	 * The response belongs to another request, so the outcome is unknown.
	 */
	@Test
	void conflictOfOtherObjectIsUnreadable() {
		KintoResponse response = Responses.json(412,
				"{\"errno\":114,\"details\":{\"existing\":{\"id\":\"y\",\"last_modified\":17,\"stars\":1}}}");
		for (KintoCall<?> call : List.of(UPDATE, Requests.collection(Post.class).createIfAbsent("x", new Post("T", 1)),
				Requests.collection(Post.class).delete("x", (w) -> w.safe(false)),
				Requests.collection().permissions("x").clear())) {
			KintoResponseException ex = error(call, response);
			assertThat(ex).isNotInstanceOf(KintoConflictException.class)
				.hasMessageContaining(": the response (412, application/json) cannot be read as ")
				.hasMessageEndingWith(
						": it is the record 'y' instead of 'x': check whether a proxy mixes up responses");
		}
	}

	@Test
	void conflictOfDefaultBucketContainsPersonalBucket() {
		KintoConflictException ex = conflict(Requests.kinto().bucket("default").attributes().replace(Map.of()),
				"{\"errno\":114,\"details\":{\"existing\":{\"id\":\"4c7d\",\"last_modified\":17}}}");
		assertThat(ex.existing()).isPresent();
	}

	@Test
	void permissionsOfOtherObjectAreUnreadable() {
		KintoResponse response = Responses.json(200,
				"{\"data\":{\"id\":\"y\",\"last_modified\":17},\"permissions\":{\"read\":[\"account:ann\"]}}");
		PermissionCalls permissions = Requests.collection().permissions("x");
		for (KintoCall<?> call : List.of(permissions.get(), permissions.clear(), permissions.set((p) -> p.read("a")))) {
			assertThat(error(call, response)).hasMessageContaining(
					"cannot be read as permissions of a record: it is the" + " record 'y' instead of 'x'");
		}
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Steps.of(permissions.grant((p) -> p.read("b"))).respond(response));
	}

	@Test
	void conflictOfListHasNoObject() {
		assertThat(conflict(Requests.collection(Post.class).list(), "{\"errno\":114}").existing()).isEmpty();
	}

	@Test
	void findOfMissingObjectIsEmpty() {
		KintoCall<Optional<KintoObject<Post>>> find = Requests.collection(Post.class).find("x");
		assertThat(find.read(Responses.json(404, "{\"errno\":110}"))).isEmpty();
		assertThat(find
			.read(Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"title\":\"T\",\"stars\":1}}")))
			.hasValueSatisfying((post) -> assertThat(post.data()).isEqualTo(new Post("T", 1)));
	}

	@Test
	void findBelowMissingParentFails() {
		KintoCall<Optional<KintoObject<Post>>> find = Requests.collection(Post.class).find("x");
		for (String body : List.of("{\"errno\":111}", "{\"errno\":116}", "{}", "", "<html>", "[110]")) {
			assertThat(error(find, Responses.json(404, body))).isInstanceOf(KintoNotFoundException.class);
		}
		assertThat(error(find, Responses.json(403, "{\"errno\":110}"))).isInstanceOf(KintoAccessDeniedException.class);
	}

	@Test
	void goneHasItsOwnException() {
		assertThat(error(Requests.kinto().fetchServerInfo(), Responses.json(410, "{\"errno\":202}")))
			.isInstanceOf(KintoGoneException.class);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "7, 7", "0, 0", "-3, 0", "soon, -", "-, -", "1.5, -", "'', -" })
	void unavailableHasRetryAfterSeconds(@Nullable String header, @Nullable Integer seconds) {
		for (int status : List.of(409, 429, 503)) {
			KintoResponse response = (header != null) ? Responses.empty(status, "Retry-After", header)
					: Responses.empty(status);
			KintoUnavailableException ex = catchThrowableOfType(KintoUnavailableException.class,
					() -> GET.read(response));
			assertThat(ex.retryAfter()).isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
			"EEE MMM ppd HH:mm:ss yyyy" })
	void unavailableHasRetryAfterDate(String form) {
		String date = DateTimeFormatter.ofPattern(form, Locale.ENGLISH)
			.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
		KintoUnavailableException ex = catchThrowableOfType(KintoUnavailableException.class,
				() -> GET.read(Responses.empty(503, "Retry-After", date)));
		assertThat(ex.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
	}

	private static KintoConflictException conflict(KintoCall<?> call, String body) {
		return catchThrowableOfType(KintoConflictException.class, () -> call.read(Responses.json(412, body)));
	}

	private static KintoResponseException error(KintoCall<?> call, KintoResponse response) {
		return catchThrowableOfType(KintoResponseException.class, () -> call.read(response));
	}

}
