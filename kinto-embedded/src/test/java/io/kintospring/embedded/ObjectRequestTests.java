package io.kintospring.embedded;

import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bodies and headers of requests to objects.
 */
@EmbeddedKinto
class ObjectRequestTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORD = COLLECTION + "/records/a";

	private TestClient client;

	private TestClient anonymous;

	@BeforeEach
	void createRecord(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.anonymous = new TestClient(server, "");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", COLLECTION, "");
		this.client.send("PUT", RECORD, """
				{"data":{"n":1,"t":"text","a":{"b":{"c":1,"e":2},"d":3},"x.y":4}}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{'permissions':{'read':'x'}} | body:permissions.read",
					"{'permissions':{'read':['']}} | body:permissions.read.0",
					"{'permissions':{'read':['a:b',5]}} | body:permissions.read.1",
					"{'permissions':{'fly':[]}} | body:permissions", "{'permissions':null} | body:permissions",
					"{'permissions':[]} | body:permissions", "{'data':null} | body:data", "{'data':[]} | body:data",
					"{'data':{},'x':1} | body:", "[] | body:", "5 | body: body:", "{'data':{'id':'b'}} | body:id",
					"{'data':{'id':5}} | body:id", "{'data':{'id':null}} | body:id" })
	void invalidBodyIsRejected(String body, String details) {
		JsonNode before = this.client.get(RECORD);
		for (String method : List.of("PUT", "PATCH")) {
			HttpResponse<String> response = this.client.send(method, RECORD, body.replace('\'', '"'));
			assertThat(TestClient.error(response)).isEqualTo("400 107 " + details);
		}
		assertThat(this.client.get(RECORD)).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, 400 107 body:data.cache_expires body:data.schema", "PATCH, 400 107 body:schema" })
	void patchWithSeveralErrorsIsRejectedWithFirst(String method, String error) {
		HttpResponse<String> response = this.client.send(method, COLLECTION, """
				{"data":{"cache_expires":"soon","schema":{"type":"text"}}}""");
		assertThat(TestClient.error(response)).isEqualTo(error);
	}

	@Test
	void patchOfGroupWithSeveralInvalidMembersIsRejectedWithFirst() {
		this.client.send("PUT", BUCKET + "/groups/authors", "");
		HttpResponse<String> response = this.client.send("PATCH", BUCKET + "/groups/authors", """
				{"data":{"members":[1,true]}}""");
		assertThat(TestClient.error(response)).isEqualTo("400 107 body:members.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/merge-patch+json" })
	void patchRequiresDataOrPermissions(String type) {
		assertThat(TestClient.error(this.client.send("PATCH", RECORD, "{}", "Content-Type", type)))
			.isEqualTo("400 107 body:data");
		assertThat(TestClient.error(this.client.send("PATCH", RECORD, "", "Content-Type", type)))
			.isEqualTo("400 107 body:data");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "PUT | application/json | {} | ['a:b']",
			"PUT | application/json | {'read':null} | ['a:b']", "PUT | application/json | {'fly':null} | ['a:b']",
			"PUT | application/json | {'read':[]} | ", "PUT | application/json | {'read':['c:d','c:d']} | ['c:d']",
			"PUT | application/json | {'write':[]} | ", "PATCH | application/json | {} | ['a:b']",
			"PATCH | application/json | {'read':null} | ['a:b']", "PATCH | application/json | {'write':[]} | ['a:b']",
			"PATCH | application/json | {'read':[]} | ", "PATCH | application/merge-patch+json | {'read':null} | ",
			"PATCH | application/merge-patch+json | {'read':['c:d']} | ['c:d']",
			"PATCH | application/merge-patch+json | {'write':null} | ['a:b']" })
	void permissionsAreReplaced(String method, String type, String permissions, String readers) {
		this.client.send("PATCH", RECORD, "{\"permissions\":{\"read\":[\"a:b\"]}}");
		HttpResponse<String> response = this.client.send(method, RECORD,
				"{'permissions':%s}".formatted(permissions).replace('\'', '"'), "Content-Type", type);
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode read = this.client.get(RECORD).path("permissions").path("read");
		assertThat(read.isMissingNode() ? null : read).isEqualTo((readers != null) ? json(readers) : null);
		assertThat(this.client.get(RECORD).path("permissions").path("write")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"application/merge-patch+json | {'n':null,'a':{'b':null,'f':null,'g':[null]}} | {'a':{'d':3,'g':[null]}}",
			"application/merge-patch+json; charset=utf-8 | {'n':null,'a':{'b':null}} | {'n':null,'a':{'b':null}}",
			"application/json | {'n':null,'a':{'b':null}} | {'n':null,'a':{'b':null}}",
			"application/json; charset=utf-8 | {'n':2,'a':null} | {'n':2,'a':null}" })
	void contentTypeSelectsKindOfPatch(String type, String data, String expected) {
		this.client.send("PATCH", RECORD, "{'data':%s}".formatted(data).replace('\'', '"'), "Content-Type", type);
		JsonNode patched = this.client.get(RECORD).path("data");
		assertThat(patched.path("n")).isEqualTo(json(expected).path("n"));
		assertThat(patched.path("a")).isEqualTo(json(expected).path("a"));
		assertThat(patched.path("t").asString()).isEqualTo("text");
	}

	@ParameterizedTest
	@CsvSource({ "PATCH, text/plain", "PATCH, Application/Merge-Patch+JSON", "PUT, application/merge-patch+json",
			"PUT, application/json-patch+json", "PUT, application/JSON", "PUT, application/x-www-form-urlencoded" })
	void unsupportedContentTypeIsRejected(String method, String type) {
		assertThat(TestClient.error(this.client.send(method, RECORD, "{\"data\":{}}", "Content-Type", type)))
			.isEqualTo("415 107 header:Content-Type");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, ''", "PATCH, ''", "DELETE, text/plain", "GET, text/plain" })
	void contentTypeIsOptional(String method, String type) {
		assertThat(this.client.send(method, RECORD, "{\"data\":{}}", "Content-Type", type).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "253402300800000", "18446744073709551615" })
	void impossibleVersionIsRejected(String version) {
		String body = "{\"data\":{\"last_modified\":%s}}".formatted(version);
		for (String path : List.of(RECORD, RECORD + "-new")) {
			assertThat(TestClient.error(this.client.send("PUT", path, body)))
				.isEqualTo("400 107 body:data.last_modified");
		}
		assertThat(this.client.send("GET", RECORD + "-new", "").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "UTF-8, é, 200", "'', é, 200", "latin1, Ã©, 200", "UTF-16, , 400", "ascii, , 400", "unknown, , 400" })
	void bodyHasEncodingOfContentType(String charset, String title, int status) {
		HttpResponse<String> response = this.client.send("PUT", RECORD, "{\"data\":{\"title\":\"é\"}}", "Content-Type",
				"application/json; charset=" + charset);
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 200) {
			assertThat(TestClient.json(response).path("data").path("title").asString()).isEqualTo(title);
		}
		else {
			assertThat(TestClient.error(response)).isEqualTo("400 107 body: body:");
		}
	}

	@ParameterizedTest
	@CsvSource({ "text/html, 406", "application/json;indent=2, 406", "nonsense, 200", "*/*;q=0, 406", "*/*, 200",
			"'application/json;q=0, */*', 406", "'*/*;q=0, application/json', 200",
			"'application/*, application/json;q=0', 406", "'application/json, application/json;q=0', 200",
			"'application/json;indent=2, */*', 200", "*/*;indent=2, 200" })
	void acceptedTypeMustBeJson(String accept, int status) {
		HttpResponse<String> response = this.client.send("GET", RECORD, "", "Accept", accept);
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 406) {
			assertThat(TestClient.error(response)).isEqualTo("406 107 header:Accept");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "n | {'n':1}", "a.b | {'a':{'b':{'c':1,'e':2}}}", "a.b.c | {'a':{'b':{'c':1}}}",
					"a.b.c,a.b.e | {'a':{'b':{'c':1,'e':2}}}", "a.b.c,a.d | {'a':{'b':{'c':1},'d':3}}",
					"a,a.d | {'a':{'b':{'c':1,'e':2},'d':3}}", "a.d,a | {'a':{'b':{'c':1,'e':2},'d':3}}",
					"t.x | {'t':'text'}", "a.none | {'a':{}}", "none | {}", "x.y | {}", "id | {}" })
	void fieldsAreSelected(String fields, String expected) {
		JsonNode body = this.client.get(RECORD + "?_fields=" + fields);
		assertThat(body.propertyNames()).containsExactly("data");
		ObjectNode data = (ObjectNode) body.path("data");
		assertThat(data.path("id").asString()).isEqualTo("a");
		assertThat(data.path("last_modified").isNumber()).isTrue();
		assertThat(data.deepCopy().without(List.of("id", "last_modified"))).isEqualTo(json(expected));
		JsonNode list = this.client.get(COLLECTION + "/records?_fields=" + fields).path("data");
		assertThat(list.path(0)).isEqualTo(data);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "60 | 60", "0 | 0", "-1 | -1", "1.9 | 1", "true | 1", "false | 0", "'60' | 60", "' 60 ' | 60",
					"null | ", "'' | ", "[] | ", "18446744073709551615 | 18446744073709551615",
					"1e19 | 10000000000000000000", "'36893488147419103232' | 36893488147419103232",
					"1e30 | 1000000000000000019884624838656" })
	void cacheLifetimeIsConverted(String sent, BigInteger stored) {
		HttpResponse<String> response = this.client.send("PUT", COLLECTION,
				"{'data':{'cache_expires':%s}}".formatted(sent).replace('\'', '"'));
		assertThat(response.statusCode()).isEqualTo(200);
		for (JsonNode body : List.of(TestClient.json(response), this.client.get(COLLECTION))) {
			JsonNode value = body.path("data").path("cache_expires");
			assertThat(value.isMissingNode() ? null : value.bigIntegerValue()).isEqualTo(stored);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "'x'", "'1.5'", "[1]", "{'a':1}" })
	void invalidCacheLifetimeIsRejected(String sent) {
		assertCacheLifetimeIsRejected(sent);
	}

	@Test
	void cacheLifetimeHasAsManyDigitsAsPythonConverts() {
		assertCacheLifetimeIsRejected("'" + "9".repeat(4301) + "'");
	}

	private void assertCacheLifetimeIsRejected(String sent) {
		HttpResponse<String> response = this.client.send("PUT", COLLECTION,
				"{'data':{'cache_expires':%s}}".formatted(sent).replace('\'', '"'));
		assertThat(TestClient.error(response)).isEqualTo("400 107 body:data.cache_expires");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "60 | max-age=60 | ", "0 | max-age=0, must-revalidate, no-cache, no-store | no-cache" })
	void onlyAnonymousReadersCacheRecords(int seconds, String cacheControl, String pragma) {
		this.client.send("PUT", COLLECTION, """
				{"data":{"cache_expires":%d},"permissions":{"read":["system.Everyone"]}}""".formatted(seconds));
		for (String path : List.of(RECORD, COLLECTION + "/records")) {
			HttpHeaders headers = this.anonymous.send("GET", path, "").headers();
			assertThat(headers.firstValue("Cache-Control")).hasValue(cacheControl);
			assertThat(headers.firstValue("Pragma")).isEqualTo(Optional.ofNullable(pragma));
			assertThat(headers.firstValue("Expires")).isPresent();
		}
		assertThat(this.client.send("GET", RECORD, "").headers().firstValue("Cache-Control"))
			.hasValue("no-cache, no-store");
		assertThat(this.anonymous.send("GET", COLLECTION, "").headers().firstValue("Cache-Control"))
			.hasValue("no-cache, no-store");
	}

	@ParameterizedTest
	@CsvSource({ "250000000000, 200 max-age=250000000000", "253402300799, 500", "36893488147419103232, 500",
			"-36893488147419103232, 200 max-age=-1" })
	void cacheExpiryAfterYear9999Fails(String seconds, String expected) {
		this.client.send("PUT", COLLECTION, """
				{"data":{"cache_expires":"%s"},"permissions":{"read":["system.Everyone"]}}""".formatted(seconds));
		for (String path : List.of(RECORD, COLLECTION + "/records")) {
			HttpResponse<String> response = this.anonymous.send("GET", path, "");
			String cacheControl = response.headers().firstValue("Cache-Control").map(" "::concat).orElse("");
			assertThat(response.statusCode() + cacheControl).isEqualTo(expected);
			assertThat(this.client.send("GET", path, "").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "[''] | .0", "['a:b',5] | .1",
			"['/buckets/blog/groups/g'] | .0", "['system.Everyone'] | .0", "'a:b' | ~~", "null | ~~" })
	void invalidMembersAreRejected(String members, String index) {
		String body = "{'data':{'members':%s}}".formatted(members).replace('\'', '"');
		assertThat(TestClient.error(this.client.send("PUT", BUCKET + "/groups/g", body)))
			.isEqualTo("400 107 body:data.members" + index);
		this.client.send("PUT", BUCKET + "/groups/g", "");
		assertThat(TestClient.error(this.client.send("PATCH", BUCKET + "/groups/g", body)))
			.isEqualTo("400 107 body:members" + index);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /collections/none/records", "GET, /collections/none/records/a",
			"PUT, /collections/none/records/a", "POST, /collections/none/records",
			"DELETE, /collections/none/records" })
	void missingCollectionIsNotFound(String method, String path) {
		HttpResponse<String> response = this.client.send(method, BUCKET + path, "");
		assertThat(TestClient.error(response)).isEqualTo("404 111");
		assertThat(TestClient.json(response).path("details"))
			.isEqualTo(json("{'id':'none','resource_name':'collection'}"));
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /collections/none/records/a, Content-Type, text/plain, 404",
			"PATCH, /collections/none/records/a, Accept, text/plain, 404",
			"DELETE, /collections/none/records/a, Accept, text/plain, 404",
			"POST, /collections/none/records, Content-Type, text/plain, 404",
			"GET, /collections/none/records/a, Accept, text/plain, 406",
			"DELETE, /collections/none/records, Accept, text/plain, 406" })
	void missingCollectionCountsBeforeContentTypesOfWrites(String method, String path, String header, String value,
			int status) {
		assertThat(this.client.send(method, BUCKET + path, "", header, value).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type, text/plain", "Accept, text/html" })
	void invalidIdInBodyCountsBeforeContentTypes(String header, String value) {
		HttpResponse<String> response = this.client.send("POST", BUCKET + "/collections", "{\"data\":{\"id\":\"_a\"}}",
				header, value);
		assertThat(TestClient.error(response)).startsWith("400 107 path");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Origin, http://x, Access-Control-Request-Method, POST | Access-Control-Request-Method",
					"Origin, http://x | Access-Control-Request-Method" })
	void invalidPreflightRequestIsRejected(String headers, String name) {
		HttpResponse<String> response = this.client.send("OPTIONS", RECORD, "", headers.split(", "));
		assertThat(TestClient.error(response)).isEqualTo("400 107 header:" + name);
	}

	@Test
	void preflightRequestOutsideApiIsNotRedirected(EmbeddedKintoServer server) {
		String outside = server.url().replace("/v1", "/buckets");
		HttpResponse<String> preflight = this.client.send("OPTIONS", outside, "", "Origin", "http://x");
		assertThat(preflight.statusCode()).isEqualTo(200);
		assertThat(preflight.body()).isEmpty();
		assertThat(preflight.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
		assertThat(this.client.send("GET", outside, "").statusCode()).isEqualTo(307);
	}

	/**
	 * Kinto recognizes the version by its first digit only.
	 */
	@ParameterizedTest
	@CsvSource({ "v10/, v10", "v10/buckets/?a=b, v10/buckets?a=b", "v1x/, v1x" })
	void slashIsRemovedFromOtherVersions(String path, String location, EmbeddedKintoServer server) {
		HttpResponse<String> response = this.client.send("GET", server.url().replace("v1", path), "");
		assertThat(response.statusCode()).isEqualTo(307);
		assertThat(response.headers().firstValue("Location")).hasValue(server.url().replace("v1", location));
	}

	@ParameterizedTest
	@CsvSource({ "v2/buckets, 404 116", "v10/buckets, 404 111", "v1x/buckets, 404 111", "v10, 404 111" })
	void unknownVersionIsNotFound(String path, String error, EmbeddedKintoServer server) {
		assertThat(TestClient.error(this.client.send("GET", server.url().replace("v1", path), ""))).isEqualTo(error);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

}
