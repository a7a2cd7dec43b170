package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for JSON patches of data and permissions.
 */
@EmbeddedKinto
class JsonPatchTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORD = COLLECTION + "/records/a";

	private static final String JSON_PATCH = "application/json-patch+json";

	private TestClient client;

	private String userId;

	@BeforeEach
	void createRecord(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.userId = this.client.get("/").path("user").path("id").asString();
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", COLLECTION, "");
		this.client.send("PUT", RECORD, "{\"data\":{\"n\":1,\"list\":[1,2]}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "'op':'add','path':'/data/x','value':{'y':null} | {'n':1,'list':[1,2],'x':{'y':null}}",
					"'op':'add','path':'/data/n','value':2 | {'n':2,'list':[1,2]}",
					"'op':'add','path':'/data/list/0','value':0 | {'n':1,'list':[0,1,2]}",
					"'op':'add','path':'/data/list/-','value':3 | {'n':1,'list':[1,2,3]}",
					"'op':'replace','path':'/data/list/1','value':3 | {'n':1,'list':[1,3]}",
					"'op':'remove','path':'/data/list' | {'n':1}",
					"'op':'move','from':'/data/n','path':'/data/m' | {'list':[1,2],'m':1}",
					"'op':'copy','from':'/data/n','path':'/data/m' | {'n':1,'list':[1,2],'m':1}",
					"'op':'move','from':'/data/n','path':'/data/nn' | {'list':[1,2],'nn':1}",
					"'op':'move','from':'/data/list/0','path':'/data/list/1' | {'n':1,'list':[2,1]}",
					"'op':'remove','path':'/data/list/01' | {'n':1,'list':[1]}",
					"'op':'add','path':'/data/~01','value':2 | {'n':1,'list':[1,2],'~1':2}",
					"'op':'test','path':'/data/n','value':1 | {'n':1,'list':[1,2]}",
					"'op':'test','path':'/data/n','value':1.0 | {'n':1,'list':[1,2]}",
					"'op':'test','path':'/data/list','value':[true,2.0] | {'n':1,'list':[1,2]}",
					"'op':'replace','path':'/data','value':{'m':3} | {'m':3}",
					"'op':'add','path':'/other','value':5 | {'n':1,'list':[1,2]}" })
	void operationChangesData(String operation, String expected) {
		HttpResponse<String> response = patch(RECORD, "[{%s}]".formatted(operation));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(fields(TestClient.json(response))).isEqualTo(json(expected));
		assertThat(fields(this.client.get(RECORD))).isEqualTo(json(expected));
	}

	@Test
	void operationsAreAppliedInOrder() {
		HttpResponse<String> response = patch(RECORD, """
				[{'op':'test','path':'/data/n','value':1}, {'op':'replace','path':'/data/n','value':2},
				 {'op':'test','path':'/data/n','value':2}, {'op':'move','from':'/data/n','path':'/data/m'}]""");
		assertThat(fields(TestClient.json(response))).isEqualTo(json("{'list':[1,2],'m':2}"));
	}

	@Test
	void infiniteNumbersAreCompared() {
		HttpResponse<String> response = patch(RECORD, """
				[{'op':'add','path':'/data/m','value':1.8e308}, {'op':'test','path':'/data/m','value':1.8e308},
				 {'op':'remove','path':'/data/m'}]""");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "'op':'test','path':'/data/n','value':2 | body",
			"'op':'test','path':'/data/n','value':1.8e308 | body", "'op':'test','path':'/data/n','value':'1' | body",
			"'op':'test','path':'/data/none','value':null | body",
			"'op':'move','from':'/data/list','path':'/data/list/0' | body",
			"'op':'move','from':'/data/n','path':'/data/n/m' | body",
			"'op':'replace','path':'/data/list/-','value':1 | body", "'op':'remove','path':'/data/list/2' | body",
			"'op':'add','path':'/data/list/3','value':1 | body", "'op':'add','path':'/data/a~2','value':1 | body",
			"'op':'add','path':'/data/a~','value':1 | body", "'op':'remove','path':'/data/none' | body",
			"'op':'replace','path':'/data/none','value':1 | body", "'op':'add','path':'/data/x/y','value':1 | body",
			"'op':'add','path':'/data/x' | body", "'op':'replace','path':'/data/n' | body",
			"'op':'move','path':'/data/m' | body", "'op':'copy','path':'/data/m' | body",
			"'op':'remove','path':'/data' | body", "'op':'replace','path':'/data','value':[] | body",
			"'op':'remove','path':'/permissions' | body", "'op':'replace','path':'/data/id','value':'b' | body:id",
			"'op':'fly','path':'/data/n' | body:0.op", "'op':5,'path':'/data/n' | body:0.op",
			"'path':'/data/n' | body:0.op", "'op':'remove' | body:0.path",
			"'op':'add','path':'data/x','value':1 | body:0.path", "'op':'add','path':5,'value':1 | body:0.path",
			"'op':'move','path':'/data/m','from':'n' | body:0.from",
			"'op':'move','path':'/data/m','from':5 | body:0.from", "'op':'move','path':'/data/m','from':'' | body",
			"'op':'copy','path':'/data/m','from':0 | body", "'op':'copy','path':'/data/m','from':[] | body",
			"'op':'add','path':'/data/x','value':1,'extra':2 | body:0" })
	void invalidOperationIsRejectedWithoutEffect(String operation, String detail) {
		JsonNode before = this.client.get(RECORD);
		HttpResponse<String> response = patch(RECORD, "[{%s}]".formatted(operation));
		assertThat(TestClient.error(response)).isEqualTo("400 107 " + detail);
		assertThat(this.client.get(RECORD)).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{} | body:", "{'op':'remove'} | body:", " | body:", "nonsense | body: body:", "[5] | body:0",
					"[null] | body:0", "[[]] | body:0", "[{'op':'add','path':'/data/x','value':1},'x'] | body:1" })
	void bodyThatIsNotListOfOperationsIsRejected(String body, String detail) {
		assertThat(TestClient.error(patch(RECORD, (body != null) ? body : ""))).isEqualTo("400 107 " + detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "application/json-patch+json | [{'op':'replace','path':'/data/n','value':2}]",
					"application/merge-patch+json | {'data':{'n':2}}" })
	void otherNumbersKeepTheirForm(String type, String patch) {
		this.client.send("PUT", RECORD, "{\"data\":{\"n\":1,\"price\":12345678.0}}");
		this.client.send("PATCH", RECORD, patch.replace('\'', '"'), "Content-Type", type);
		JsonNode data = this.client.get(RECORD).path("data");
		assertThat(data.path("n").asInt()).isEqualTo(2);
		assertThat(data.path("price")).isEqualTo(json("12345678.0"));
	}

	@Test
	void sizeOfPatchedObjectIsLimited() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.max_body_bytes", "5000")
			.start()) {
			this.client = new TestClient(server, "alice");
			this.client.send("PUT", BUCKET, "");
			this.client.send("PUT", COLLECTION, "");
			this.client.send("PUT", RECORD, "{\"data\":{\"text\":\"%s\"}}".formatted("x".repeat(4000)));
			JsonNode before = this.client.get(RECORD);
			String copy = "{'op':'copy','from':'/data','path':'/data/copy'}";
			String copies = Stream.generate(() -> copy).limit(22).collect(Collectors.joining(",", "[", "]"));
			assertThat(TestClient.error(patch(RECORD, copies))).isEqualTo("413 113");
			assertThat(this.client.get(RECORD)).isEqualTo(before);
			String replacement = "[{'op':'replace','path':'/data/text','value':'%s'}]".formatted("y".repeat(4000));
			assertThat(patch(RECORD, replacement).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'op':'remove','path':'/data/o/x'} | 500 | {'n':1,'list':[1,2]}
					{'op':'move','from':'/data/o/x','path':'/data/y'} | 500 | {'n':1,'list':[1,2]}
					{'op':'test','path':'/data/o/x','value':1},{'op':'replace','path':'/data/o/x','value':2} | 500 | {'n':1,'list':[1,2]}
					{'op':'replace','path':'/data/o/x','value':2} | 200 | {'o':{'x':2}}
					{'op':'copy','from':'/data/o','path':'/data/p'},{'op':'remove','path':'/data/p/x'} | 200 | {'o':{'x':1},'p':{}}
					{'op':'add','path':'/data/o/l','value':[]},{'op':'add','path':'/data/o/l/-','value':1} | 200 | {'o':{'x':1,'l':[1]}}
					""")
	void partOfAddedValueCannotBeRemoved(String operations, int status, String expected) {
		HttpResponse<String> response = patch(RECORD,
				"[{'op':'replace','path':'/data','value':{'o':{'x':1}}},%s]".formatted(operations));
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(fields(this.client.get(RECORD))).isEqualTo(json(expected));
	}

	@Test
	void emptyPatchChangesVersionOnly() {
		JsonNode before = this.client.get(RECORD);
		HttpResponse<String> response = patch(RECORD, "[]");
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode after = TestClient.json(response);
		assertThat(fields(after)).isEqualTo(json("{'n':1,'list':[1,2]}"));
		assertThat(version(after)).isGreaterThan(version(before));
	}

	@Test
	void earlierVersionIsIgnored() {
		JsonNode before = this.client.get(RECORD);
		JsonNode after = TestClient.json(patch(RECORD, "[{'op':'replace','path':'/data/last_modified','value':5}]"));
		assertThat(version(after)).isGreaterThan(version(before));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "[] | 400 107 body:data", "[5] | 400 107 body:0",
			"[{'op':'add','path':'/data/x','value':1}] | 500 999" })
	void patchWithCharsetFailsAsInKinto(String body, String error) {
		HttpResponse<String> response = this.client.send("PATCH", RECORD, body.replace('\'', '"'), "Content-Type",
				JSON_PATCH + "; charset=utf-8");
		assertThat(TestClient.error(response)).isEqualTo(error);
		assertThat(fields(this.client.get(RECORD))).isEqualTo(json("{'n':1,'list':[1,2]}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"'op':'add','path':'/permissions/read/system.Everyone' | ['a:b','system.Everyone']",
			"'op':'add','path':'/permissions/read/c:d','value':'x' | ['a:b','c:d']",
			"'op':'add','path':'/permissions/read/~1buckets~1blog~1groups~1g' | ['a:b','/buckets/blog/groups/g']",
			"'op':'remove','path':'/permissions/read/a:b' | ", "'op':'remove','path':'/permissions/read' | ['a:b']",
			"'op':'replace','path':'/permissions/read','value':['c:d','e:f'] | ['c:d','e:f']",
			"'op':'replace','path':'/permissions/read','value':{'c:d':'x'} | ['c:d']",
			"'op':'replace','path':'/permissions/read','value':[] | ",
			"'op':'replace','path':'/permissions/read','value':'c\\u2028' | ['c','\\u2028']",
			"'op':'replace','path':'/permissions','value':{'read':{'c:d':1}} | ['c:d']",
			"'op':'replace','path':'/permissions','value':{} | ['a:b']" })
	void operationChangesPermissions(String operation, String readers) {
		this.client.send("PATCH", RECORD, "{\"permissions\":{\"read\":[\"a:b\"]}}");
		HttpResponse<String> response = patch(RECORD, "[{%s}]".formatted(operation));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		JsonNode permissions = this.client.get(RECORD).path("permissions");
		assertThat(permissions.path("read")).isEqualTo((readers != null) ? json(readers) : json("{}").path("none"));
		assertThat(permissions.path("write")).isEqualTo(json("['%s']".formatted(this.userId)));
	}

	@Test
	void missingPermissionMustBeAddedBeforeItsPrincipals() {
		String principal = "{'op':'add','path':'/permissions/record:create/a:b','value':'a:b'}";
		assertThat(TestClient.error(patch(COLLECTION, "[" + principal + "]"))).isEqualTo("400 107 body");
		assertThat(patch(COLLECTION, "[{'op':'add','path':'/permissions/record:create','value':{}}," + principal + "]")
			.statusCode()).isEqualTo(200);
		assertThat(this.client.get(COLLECTION).path("permissions").path("record:create")).isEqualTo(json("['a:b']"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "'op':'remove','path':'/permissions/read/a:b'",
			"'op':'test','path':'/permissions/read/a:b'", "'op':'add','path':'/permissions/record:create/a:b'" })
	void operationOnMissingPrincipalIsRejected(String operation) {
		assertThat(TestClient.error(patch(COLLECTION, "[{%s}]".formatted(operation)))).isEqualTo("400 107 body");
	}

	private HttpResponse<String> patch(String path, String body) {
		return this.client.send("PATCH", path, body.replace('\'', '"'), "Content-Type", JSON_PATCH);
	}

	private static JsonNode fields(JsonNode body) {
		ObjectNode data = (ObjectNode) body.path("data");
		assertThat(data.path("id").asString()).isEqualTo("a");
		return data.deepCopy().without(List.of("id", "last_modified"));
	}

	private static long version(JsonNode body) {
		return body.path("data").path("last_modified").asLong();
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

}
