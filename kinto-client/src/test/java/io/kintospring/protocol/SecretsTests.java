package io.kintospring.protocol;

import java.util.List;
import java.util.Map;

import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoWriteOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Confidential values are not logged.
 */
class SecretsTests {

	private static final String SECRET = "s3cr3t";

	@Test
	void toStringOmitsHeadersQueryAndBody() {
		CollectionCalls<Map<String, Object>> collection = Requests.kinto((o) -> o.header("Authorization", SECRET))
			.bucket("b")
			.collection("c");
		for (KintoCall<?> call : List.of(collection.create(Map.of("password", SECRET)),
				collection.list((q) -> q.filter("password", SECRET)))) {
			assertThat(call.toString()).matches("(createRecord PUT|listRecords GET) /buckets/b/collections/c/records(/"
					+ Requests.UUID_PATTERN + ")?");
			assertThat(call.request()).hasToString(call.toString());
		}
		assertThat(Responses.json(200, SECRET, "Set-Cookie", SECRET)).hasToString("KintoResponse[200]");
	}

	@Test
	void errorOmitsHeadersQueryAndBody() {
		KintoCall<?> call = Requests.kinto((o) -> o.header("Authorization", SECRET))
			.bucket("b")
			.collection("c")
			.list((q) -> q.filter("password", SECRET));
		for (KintoResponse response : List.of(Responses.json(503, "{\"errno\":201,\"more\":\"" + SECRET + "\"}"),
				Responses.json(200, "{\"other\":\"" + SECRET + "\"}"),
				Responses.json(200, "{\"data\":[]}", "ETag", "\"5\"", "Next-Page", "http://h?x=" + SECRET + "{"))) {
			KintoResponseException ex = catchThrowableOfType(KintoResponseException.class, () -> call.read(response));
			assertThat(ex).hasMessageNotContaining(SECRET);
			assertThat(ex.response().toString()).doesNotContain(SECRET);
		}
	}

	@Test
	void optionsOmitHeaderValues() {
		assertThat(KintoOptions.of().header("X-Key", SECRET))
			.hasToString("KintoOptions[safe=null, settleTime=null, headers=[X-Key], retry=null]");
		assertThat(KintoWriteOptions.of().header("X-Key", SECRET).toString()).doesNotContain(SECRET);
	}

	@Test
	void rejectedHeaderIsOmitted() {
		IllegalArgumentException ex = catchThrowableOfType(IllegalArgumentException.class,
				() -> KintoOptions.of().header("X-Key", SECRET + "\n"));
		assertThat(ex).hasMessageNotContaining(SECRET).hasMessageContaining("X-Key");
	}

}
