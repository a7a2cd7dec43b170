package io.kintospring.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the schemas that a bucket has for the objects below it.
 */
@EmbeddedKinto
class BucketSchemaTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORD = COLLECTION + "/records/a";

	private TestClient client;

	@BeforeEach
	void createCollection(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", COLLECTION, "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{'title':'x','n':1} | 201 ", "{'title':'x'} | 201", "{'title':5} | 400 107 body:title",
					"{'n':1} | 400 107 body:title", "{'title':'x','n':0} | 400 107 body:n" })
	void recordIsValidated(String data, String expected) {
		setSchema("record", "{'properties':{'title':{'type':'string'},'n':{'minimum':1}},'required':['title']}");
		assertThat(outcome(put(RECORD, data))).isEqualTo(expected);
		assertThat(this.client.send("GET", RECORD, "").statusCode()).isEqualTo(expected.equals("201") ? 200 : 404);
	}

	@Test
	void patchedAndPostedRecordsAreValidated() {
		put(RECORD, "{'n':1}");
		setSchema("record", "{'properties':{'n':{'minimum':1}},'required':['n']}");
		assertThat(outcome(send("PATCH", RECORD, "{'data':{'n':0}}"))).isEqualTo("400 107 body:n");
		assertThat(outcome(send("PATCH", RECORD, "{'data':{'n':2}}"))).isEqualTo("200");
		assertThat(outcome(send("POST", COLLECTION + "/records", "{'data':{}}"))).isEqualTo("400 107 body:n");
	}

	@Test
	void collectionIsValidated() {
		setSchema("collection", "{'required':['owner']}");
		assertThat(outcome(put(BUCKET + "/collections/drafts", "{}"))).isEqualTo("400 107 body:owner");
		assertThat(outcome(put(BUCKET + "/collections/drafts", "{'owner':'ann'}"))).isEqualTo("201");
	}

	@Test
	void groupIsValidated() {
		setSchema("group", "{'properties':{'members':{'maxItems':1}}}");
		assertThat(outcome(put(BUCKET + "/groups/authors", "{'members':['a','b']}"))).isEqualTo("400 107 body:members");
		assertThat(outcome(put(BUCKET + "/groups/authors", "{'members':['a']}"))).isEqualTo("201");
		assertThat(outcome(send("PATCH", BUCKET + "/groups/authors", "{'data':{'members':['a','b']}}")))
			.isEqualTo("400 107 body:members");
	}

	@Test
	void fieldsOfServerAreNotRequiredOfRecords() {
		setSchema("record", "{'required':['id','last_modified','schema','a']}");
		assertThat(outcome(put(RECORD, "{}"))).isEqualTo("400 107 body:a");
		assertThat(outcome(put(RECORD, "{'a':1}"))).isEqualTo("201");
	}

	@Test
	void fieldsOfServerAreNotAdditional() {
		setSchema("record", "{'additionalProperties':false,'properties':{'a':{}}}");
		assertThat(outcome(put(RECORD, "{'a':1}"))).isEqualTo("201");
		assertThat(outcome(send("PATCH", RECORD, "{'data':{'a':2}}"))).isEqualTo("200");
		assertThat(outcome(put(RECORD, "{'a':1,'b':1}"))).isEqualTo("400 107 body:additionalProperties");
	}

	@Test
	void schemaIsFieldOfCollectionsButNotOfRecords() {
		setSchema("collection", "{'required':['id','last_modified','schema']}");
		assertThat(outcome(put(COLLECTION, "{}"))).isEqualTo("400 107 body:schema");
		assertThat(outcome(put(COLLECTION, "{'schema':{}}"))).isEqualTo("200");
		setSchema("collection", "{'additionalProperties':false}");
		assertThat(outcome(put(COLLECTION, "{'schema':{}}"))).isEqualTo("400 107 body:additionalProperties");
	}

	@Test
	void schemasOfCollectionAndBucketBothApply() {
		setSchema("record", "{'required':['a']}");
		put(COLLECTION, "{'schema':{'required':['b']}}");
		assertThat(outcome(put(RECORD, "{'a':1}"))).isEqualTo("400 107 body:b");
		assertThat(outcome(put(RECORD, "{'b':1}"))).isEqualTo("400 107 body:a");
		HttpResponse<String> response = put(RECORD, "{'a':1,'b':1}");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(TestClient.json(response).path("data").path("schema"))
			.isEqualTo(this.client.get(COLLECTION).path("data").path("last_modified"));
	}

	@Test
	void recordHasNoVersionOfBucketSchema() {
		setSchema("record", "{}");
		assertThat(TestClient.json(put(RECORD, "{}")).path("data").has("schema")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "record | 5", "record | null", "record | true",
			"record | {'type':'nonsense'}", "group | []", "collection | {'properties':5}" })
	void invalidSchemaIsRejected(String resource, String schema) {
		assertThat(outcome(put(BUCKET, "{'%s:schema':%s}".formatted(resource, schema))))
			.isEqualTo("400 107 body:data.%s:schema", resource);
		assertThat(outcome(send("PATCH", BUCKET, "{'data':{'%s:schema':%s}}".formatted(resource, schema))))
			.isEqualTo("400 107 body:%s:schema", resource);
	}

	@Test
	void schemaOfOtherResourceIsOrdinaryField() {
		assertThat(outcome(put(BUCKET, "{'bucket:schema':{'type':'nonsense'}}"))).isEqualTo("200");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "{'properties':{'a':{'$ref':'#/nowhere'}}}",
			"{'properties':{'a':{'$ref':'http://127.0.0.1:1/x'}}}" })
	void unresolvableReferenceIsRejectedWhenUsed(String schema) {
		assertThat(outcome(put(COLLECTION, "{'schema':%s}".formatted(schema)))).isEqualTo("200");
		assertThat(outcome(put(RECORD, "{'a':1}"))).isEqualTo("400 107 body:schema");
	}

	@ParameterizedTest
	@CsvSource({ "group, /buckets/blog/groups", "collection, /buckets/blog/collections",
			"record, /buckets/blog/collections/posts/records" })
	void idIsValidatedAsField(String resource, String list) {
		setSchema(resource, "{'required':['id'],'properties':{'id':{'pattern':'^\\\\d+$'}}}");
		assertThat(outcome(put(list + "/12", "{}"))).isEqualTo("201");
		assertThat(outcome(send("PATCH", list + "/12", "{'data':{'a':1}}"))).isEqualTo("200");
		assertThat(outcome(send("POST", list, "{'data':{'id':'34'}}"))).isEqualTo("201");
		assertThat(outcome(put(list + "/abc", "{}"))).isEqualTo("400 107 body:id");
		assertThat(outcome(send("POST", list, "{'data':{}}"))).isEqualTo("400 107 body:id");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{'properties':{'members':{'items':{'pattern':'^[a-z]+$'}}}} | {'members':['a','B']} | 1",
					"{'anyOf':[{'required':['a']},{'required':['b']}]} | {} | {'required':['b']}",
					"{'enum':[1,2.5]} | {} | 2.5",
					"{'properties':{'o':{'additionalProperties':false}}} | {'o':{'p':1}} | 'o'" })
	void nameOfViolationIsJson(String schema, String data, String name) {
		setSchema("group", schema);
		JsonNode details = TestClient.json(put(BUCKET + "/groups/authors", data)).path("details");
		assertThat(details.path(0).path("name").toString()).isEqualTo(name.replace('\'', '"'));
	}

	@Test
	void unknownKeywordsAreNotLogged() {
		PrintStream original = System.err;
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
		try {
			put(COLLECTION, "{'schema':{'x-never-seen':1,'$schema':'http://example.org/own'}}");
			assertThat(outcome(put(RECORD, "{}"))).isEqualTo("201");
		}
		finally {
			System.setErr(original);
		}
		assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	private void setSchema(String resource, String schema) {
		assertThat(outcome(put(BUCKET, "{'%s:schema':%s}".formatted(resource, schema)))).isEqualTo("200");
	}

	private HttpResponse<String> put(String path, String data) {
		return send("PUT", path, "{'data':%s}".formatted(data));
	}

	private HttpResponse<String> send(String method, String path, String body) {
		return this.client.send(method, path, body.replace('\'', '"'));
	}

	private static String outcome(HttpResponse<String> response) {
		return (response.statusCode() < 300) ? String.valueOf(response.statusCode()) : TestClient.error(response);
	}

}
