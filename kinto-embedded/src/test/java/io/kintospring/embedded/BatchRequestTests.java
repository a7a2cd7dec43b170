package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.Collections;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the requests of a batch: validation, defaults and limits.
 */
@EmbeddedKinto
class BatchRequestTests {

	private static final String BUCKET = "/buckets/blog";

	private TestClient client;

	@BeforeEach
	void createBucket(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", BUCKET, "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{} | body:requests", " | body:requests", "nonsense | body: body:", "'x' | body: body:",
					"[] | body:", "{'requests':{}} | body:requests", "{'requests':[],'x':1} | body:",
					"{'requests':[5]} | body:requests.0", "{'requests':[{'path':'/'},null]} | body:requests.1" })
	void bodyThatIsNotBatchIsRejected(String body, String details) {
		assertThat(TestClient.error(post((body != null) ? body : ""))).isEqualTo("400 107 " + details);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{} | path", "{'path':'buckets'} | path", "{'path':'?x'} | path", "{'path':5} | path",
					"{'path':'/','method':'FLY'} | method", "{'path':'/','method':'OPTIONS'} | method",
					"{'path':'/','method':5} | method", "{'path':'/','headers':5} | headers",
					"{'path':'/','headers':[]} | headers", "{'path':'/','headers':{'a':5}} | headers",
					"{'path':'/','body':5} | body", "{'path':'/','body':[]} | body",
					"{'path':'/','body':null} | body" })
	void invalidRequestIsRejected(String request, String name) {
		assertThat(TestClient.error(post("{'requests':[%s]}".formatted(request))))
			.isEqualTo("400 107 body:requests.0." + name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "5 | body:defaults", "[] | body:defaults",
			"null | body:defaults", "{'x':1} | body:defaults body:requests.0",
			"{'method':'FLY'} | body:defaults.method body:requests.0.method", "{'path':'x'} | body:defaults.path",
			"{'headers':{'a':1}} | body:defaults.headers body:requests.0.headers" })
	void invalidDefaultsAreRejected(String defaults, String details) {
		assertThat(TestClient.error(post("{'defaults':%s,'requests':[{'path':'/'}]}".formatted(defaults))))
			.isEqualTo("400 107 " + details);
	}

	@Test
	void invalidRequestPreventsWholeBatch() {
		assertThat(TestClient.error(post("""
				{'requests':[{'method':'PUT','path':'/buckets/other'},{'path':'/','x':1}]}""")))
			.isEqualTo("400 107 body:requests.1");
		assertThat(this.client.get("/buckets").path("data")).hasSize(1);
	}

	@Test
	void defaultsAreMergedIntoRequests() {
		JsonNode responses = TestClient.json(post("""
				{'defaults':{'method':'PUT','path':'/buckets/blog/collections/posts',
				             'body':{'data':{'a':1,'b':1},'permissions':{'read':['system.Everyone']}}},
				 'requests':[{}, {'path':'/buckets/blog/collections/drafts','body':{'data':{'b':2,'c':3}}},
				             {'method':'GET','body':{}}]}""")).path("responses");
		assertThat(statuses(responses)).isEqualTo("201 201 200");
		JsonNode posts = this.client.get(BUCKET + "/collections/posts");
		assertThat(posts.path("data").path("a").asInt()).isEqualTo(1);
		assertThat(posts.path("data").path("b").asInt()).isEqualTo(1);
		JsonNode drafts = this.client.get(BUCKET + "/collections/drafts");
		assertThat(drafts.path("data").path("a").asInt()).isEqualTo(1);
		assertThat(drafts.path("data").path("b").asInt()).isEqualTo(2);
		assertThat(drafts.path("data").path("c").asInt()).isEqualTo(3);
		assertThat(drafts.path("permissions").path("read")).hasSize(1);
	}

	@Test
	void headersOfRequestReplaceDefaultHeaders() {
		JsonNode responses = TestClient.json(post("""
				{'defaults':{'method':'PUT','path':'/buckets/blog','headers':{'If-None-Match':'*'}},
				 'requests':[{}, {'headers':{'If-None-Match':''}}, {'headers':{'If-Match':''}}]}""")).path("responses");
		assertThat(statuses(responses)).isEqualTo("412 200 412");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{'path':'/v1/buckets/blog'} | 200 | /v1/buckets/blog",
					"{'path':'/buckets/blog?_fields=id'} | 200 | /v1/buckets/blog",
					"{'path':'/buckets/blog/'} | 200 | /v1/buckets/blog",
					"{'path':'/buckets/blog/%2F/?_fields=id'} | 200 | /v1/buckets/blog", "{'path':'/v1/'} | 200 | /v1/",
					"{'path':'//'} | 404 | /v1//", "{'path':'/nowhere'} | 404 | /v1/nowhere",
					"{'path':'/buckets?_limit=-1'} | 400 | /v1/buckets",
					"{'path':'/buckets/blog','method':'POST'} | 405 | /v1/buckets/blog",
					"{'path':'/buckets/blog','method':'TRACE'} | 405 | /v1/buckets/blog",
					"{'path':'/buckets/blog','method':null} | 200 | /v1/buckets/blog",
					"{'path':'/buckets/blog','method':''} | 200 | /v1/buckets/blog" })
	void requestHasStatusAndPath(String request, int status, String path) {
		JsonNode response = TestClient.json(post("{'requests':[%s]}".formatted(request))).path("responses").path(0);
		assertThat(response.path("status").asInt()).isEqualTo(status);
		assertThat(response.path("path").asString()).isEqualTo(path);
	}

	@ParameterizedTest
	@CsvSource({ "/buckets/blog, /, '', 200", "/buckets/blog, %2F, '', 200", "/buckets/blog, /, x, 404",
			"/buckets/blog, %2F, x, 404" })
	@Timeout(20)
	void manySlashesAreFast(String start, String slash, String end, int status) {
		String path = start + slash.repeat(100_000) + end;
		JsonNode response = TestClient.json(post("{'requests':[{'path':'%s'}]}".formatted(path)))
			.path("responses")
			.path(0);
		assertThat(response.path("status").asInt()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type, true", "content-type, false", "CONTENT-TYPE, false" })
	void mergePatchIsPlainPatchUnlessHeaderIsWrittenInOtherWay(String header, boolean plain) {
		this.client.send("PUT", BUCKET, "{\"data\":{\"a\":1}}");
		post("""
				{'requests':[{'method':'PATCH','path':'/buckets/blog','body':{'data':{'a':null}},
				              'headers':{'%s':'application/merge-patch+json'}}]}""".formatted(header));
		assertThat(this.client.get(BUCKET).path("data").has("a")).isEqualTo(plain);
	}

	@Test
	void responseToHeadHasEmptyBody() {
		JsonNode response = TestClient.json(post("{'requests':[{'method':'HEAD','path':'/buckets'}]}"))
			.path("responses")
			.path(0);
		assertThat(response.path("status").asInt()).isEqualTo(200);
		assertThat(response.path("headers").path("Total-Objects").asString()).isEqualTo("1");
		assertThat(response.path("body").isString()).isTrue();
		assertThat(response.path("body").asString()).isEmpty();
	}

	@Test
	void unchangedObjectFailsWholeBatchAsInKinto() {
		long version = this.client.get(BUCKET).path("data").path("last_modified").asLong();
		HttpResponse<String> response = this.client.send("POST", "/batch", """
				{"requests": [{"path": "/buckets/blog", "headers": {"If-None-Match": "\\"%d\\""}}]}"""
			.formatted(version));
		assertThat(TestClient.error(response)).isEqualTo("500 999");
	}

	@Test
	void failedRequestFailsWholeBatchAsInKinto() {
		assertThat(TestClient.error(post("""
				{'requests':[{'method':'PATCH','path':'/buckets/blog','body':{'data':{'a':1}},
				              'headers':{'Response-Behavior':'light'}}]}"""))).isEqualTo("500 999");
	}

	@Test
	void batchMustBeJson() {
		HttpResponse<String> response = this.client.send("POST", "/batch", "{\"requests\":[]}", "Content-Type",
				"text/plain");
		assertThat(TestClient.error(response)).isEqualTo("415 107 header:Content-Type");
	}

	@ParameterizedTest
	@CsvSource({ "25, 25, 200", "25, 26, 400", "2, 3, 400", "0, 200, 200" })
	void numberOfRequestsIsLimited(String limit, int count, int status) {
		String requests = String.join(",", Collections.nCopies(count, "{'path':'/__lbheartbeat__'}"));
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("batch_max_requests", limit).start()) {
			HttpResponse<String> response = new TestClient(server, "alice").send("POST", "/batch",
					"{'requests':[%s]}".formatted(requests).replace('\'', '"'));
			assertThat(response.statusCode()).isEqualTo(status);
			if (status == 200) {
				assertThat(TestClient.json(response).path("responses")).hasSize(count);
			}
			else {
				assertThat(TestClient.error(response)).isEqualTo("400 107 body:requests");
			}
		}
	}

	private HttpResponse<String> post(String body) {
		return this.client.send("POST", "/batch", body.replace('\'', '"'));
	}

	private static String statuses(JsonNode responses) {
		return String.join(" ", responses.valueStream().map((response) -> response.path("status").asString()).toList());
	}

}
