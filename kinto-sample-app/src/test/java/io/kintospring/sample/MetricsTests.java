package io.kintospring.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The metrics that the application exposes to Prometheus are those of the documentation
 * and of the dashboard.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "kinto.embedded.settings.backoff=30", "kinto.embedded.settings.backoff_percentage=100",
				"kinto.embedded.settings.eos=2999-01-01" })
class MetricsTests {

	private static final Path DOCS = Path.of("../docs");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(kinto_\\w+)\\{(.*)} (\\S+)$");

	private static final Pattern HELP = Pattern.compile("(?m)^# HELP (kinto_\\w+) (.*)$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");

	private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `(kinto\\.[^`]+)` \\| `(\\w+)` \\| [^|]+ \\| ([^|]*) \\|");

	private static String scraped;

	@BeforeAll
	static void use(@Autowired KintoTemplate kinto, @LocalServerPort int port) {
		CollectionOperations<Post> posts = kinto.bucket().collection(Blog.COLLECTION, Post.class);
		posts.deleteAll();
		KintoObject<Post> first = posts.create(post(0));
		posts.update(first.withData(post(1)));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> posts.update(first));
		posts.update(first.id(), (seen) -> {
			if (seen.title().equals("Post 1")) {
				posts.replace(first.id(), post(2));
			}
			return post(3);
		});
		kinto.batch(IntStream.range(0, 3).mapToObj((i) -> posts.calls().create(post(i))).toList());
		assertThat(posts.stream((query) -> query.limit(2)).toList()).hasSize(4);
		scraped = RestClient.create("http://localhost:" + port)
			.get()
			.uri("/actuator/prometheus")
			.retrieve()
			.body(String.class);
	}

	private static Post post(int number) {
		return new Post("Post " + number, "text", null, Instant.EPOCH);
	}

	@Test
	void valuesAreThoseOfTheCalls() {
		assertThat(value("kinto_client_conflicts_total")).isEqualTo(2);
		assertThat(value("kinto_client_updates_repeated_total")).isEqualTo(1);
		assertThat(value("kinto_client_batch_requests_total")).isEqualTo(1);
		assertThat(value("kinto_client_batch_calls_total")).isEqualTo(3);
		assertThat(value("kinto_client_streams_total")).isEqualTo(1);
		assertThat(value("kinto_client_stream_pages_total")).isEqualTo(2);
		assertThat(value("kinto_client_backoff_seconds")).isBetween(0.1, 30.0);
	}

	@Test
	void everyMetricHasADescription() {
		Set<String> described = HELP.matcher(scraped)
			.results()
			.filter((help) -> !help.group(2).isBlank())
			.map((help) -> help.group(1))
			.collect(Collectors.toSet());
		assertThat(series().keySet()).isNotEmpty()
			.allSatisfy((name) -> assertThat(described).contains(name.replaceAll("_(count|sum|bucket)$", "")));
	}

	@Test
	void tableOfThePageIsComplete() throws IOException {
		Map<String, Set<String>> documented = new TreeMap<>();
		ROW.matcher(Files.readString(DOCS.resolve("observability.md")))
			.results()
			.forEach((row) -> documented.put(row.group(2),
					new TreeSet<>(List.of(row.group(3).replaceAll("[`\\s]", "").split(",")))));
		Map<String, Set<String>> exposed = new TreeMap<>();
		series().forEach((name, labels) -> exposed.put(name.replaceAll("_(count|sum|max)$", ""),
				new TreeSet<>(labels.get(0).keySet())));
		assertThat(documented).isEqualTo(exposed);
	}

	/**
	 * A selector finds a time series, unless a variable of the dashboard is its value.
	 */
	@ParameterizedTest
	@MethodSource("expressions")
	void expressionOfTheDashboardFindsMetrics(String expression) {
		Map<String, List<Map<String, String>>> series = series();
		List<MatchResult> selectors = SELECTOR.matcher(expression).results().toList();
		assertThat(selectors).isNotEmpty();
		List<String> grouped = BY.matcher(expression)
			.results()
			.flatMap((by) -> Stream.of(by.group(1).split(", ")))
			.toList();
		assertThat(selectors).allSatisfy((selector) -> assertThat(series).containsKey(selector.group(1)));
		assertThat(selectors).allSatisfy((selector) -> {
			List<MatchResult> matchers = MATCHER.matcher(selector.group(2)).results().toList();
			assertThat(series.get(selector.group(1))).anyMatch((labels) -> labels.keySet().containsAll(grouped)
					&& matchers.stream().allMatch((matcher) -> matches(labels, matcher)));
		});
	}

	private static boolean matches(Map<String, String> labels, MatchResult matcher) {
		String value = labels.get(matcher.group(1));
		return value != null && (matcher.group(3).startsWith("$") || value.matches(matcher.group(3)));
	}

	static Stream<String> expressions() throws IOException {
		return dashboard().findValues("expr").stream().map(JsonNode::asString);
	}

	@Test
	void variablesOfTheDashboardAreLabels() throws IOException {
		List<MatchResult> variables = dashboard().findValues("definition")
			.stream()
			.flatMap((definition) -> LABEL_VALUES.matcher(definition.asString()).results())
			.toList();
		assertThat(variables).hasSize(2)
			.allSatisfy((variable) -> assertThat(series().get(variable.group(1)))
				.allSatisfy((labels) -> assertThat(labels).containsKey(variable.group(2))));
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana/kinto.json")));
	}

	private static double value(String name) {
		return SAMPLE.matcher(scraped)
			.results()
			.filter((sample) -> sample.group(1).equals(name))
			.mapToDouble((sample) -> Double.parseDouble(sample.group(3)))
			.sum();
	}

	/**
	 * Return the labels of each time series by the name of its metric.
	 */
	private static Map<String, List<Map<String, String>>> series() {
		return SAMPLE.matcher(scraped)
			.results()
			.collect(Collectors.groupingBy((sample) -> sample.group(1), TreeMap::new,
					Collectors.mapping(
							(sample) -> LABEL.matcher(sample.group(2))
								.results()
								.collect(Collectors.toMap((label) -> label.group(1), (label) -> label.group(2))),
							Collectors.toList())));
	}

}
