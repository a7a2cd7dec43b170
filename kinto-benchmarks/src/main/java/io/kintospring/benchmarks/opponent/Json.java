package io.kintospring.benchmarks.opponent;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.benchmarks.Article;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;

/**
 * JSON mapper of all opponents, and Kinto's request and response bodies for opponents
 * without a Kinto client.
 */
final class Json {

	/** Mapper with all available modules, as in Spring Boot. */
	static final JsonMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

	private Json() {
	}

	static <T> T body(ResponseEntity<T> response) {
		return Objects.requireNonNull(response.getBody());
	}

	record Created(Article data) {
	}

	record RecordEnvelope(Article data, Map<String, List<String>> permissions) {
	}

	record ListEnvelope(List<Article> data) {
	}

	record BatchRequest(List<Call> requests) {

		static BatchRequest creations(List<Article> articles) {
			return new BatchRequest(articles.stream()
				.map((article) -> new Call("POST", Article.COLLECTION + "/records", new Created(article)))
				.toList());
		}

	}

	record Call(String method, String path, Created body) {
	}

	record BatchResponse(List<Answer> responses) {

		long created() {
			return this.responses.stream().filter((answer) -> answer.status() == 201 && answer.body() != null).count();
		}

	}

	record Answer(int status, String path, Map<String, String> headers, @Nullable RecordEnvelope body) {
	}

	record ServerInfo(Settings settings) {
	}

	record Settings(@JsonProperty("batch_max_requests") int batchMaxRequests) {
	}

}
