package io.kintospring.embedded.differential;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.conformance.Difference;
import io.kintospring.embedded.settings.KintoServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link DifferentialTester} finds and minimizes differences, and reports
 * nothing else.
 */
@Timeout(120)
class DifferentialTesterTests {

	@Test
	void equalServersDoNotDiffer() throws Exception {
		try (EmbeddedKintoServer reference = EmbeddedKintoServer.start()) {
			assertThat(run(reference, 100, 10)).isEmpty();
		}
	}

	@Test
	void ignoredSchemaIsFoundAndMinimized() throws Exception {
		try (EmbeddedKintoServer reference = EmbeddedKintoServer.builder()
			.setting("experimental_collection_schema_validation", "false")
			.start()) {
			Finding finding = run(reference, 300, 1).iterator().next();
			List<String> paths = finding.scenario()
				.path("steps")
				.valueStream()
				.map(DifferentialTesterTests::target)
				.toList();
			assertThat(paths).as("%s", finding).hasSizeLessThanOrEqualTo(3);
			assertThat(finding.difference().step()).isEqualTo(paths.size());
		}
	}

	@Test
	void smallerPagesAreFoundAndMinimized() throws Exception {
		try (EmbeddedKintoServer reference = EmbeddedKintoServer.builder().setting("paginate_by", "1").start()) {
			Collection<Finding> findings = run(reference, 300, 4);
			assertThat(findings).anySatisfy((finding) -> {
				assertThat(finding.scenario().path("steps")).hasSizeLessThanOrEqualTo(5);
				assertThat(finding.toString()).contains("next-page");
			});
		}
	}

	@Test
	void findingsOfOneKindHaveFilesOfTheirOwn() {
		Finding first = finding("random/1", "/buckets?min_a=1");
		Finding second = finding("random/2", "/buckets?like_a=1");
		assertThat(first.kind()).isEqualTo(second.kind());
		assertThat(first.fileName()).isNotEqualTo(second.fileName()).matches("[\\w-]+\\.json");
	}

	@Test
	void minimizerKeepsWhatTheDifferenceNeeds() {
		List<Step> steps = List.of(step(0, "/a", "{}"), step(1, "/b", "{\"data\":{\"x\":1,\"y\":[1,2]}}"),
				step(2, "/c", "{}"), step(3, "/d?p=1&q=2", "{}"), step(4, "/e", "{}"));
		List<Step> minimal = new Minimizer((candidate) -> candidate.toString().contains("\"y\":[")
				&& candidate.toString().contains("2]") && candidate.toString().contains("q=2"), 1000)
			.minimize(steps);
		assertThat(minimal).containsExactly(step(1, "/b", "{\"data\":{\"y\":[2]}}"),
				new Step(3, JsonMapper.shared().createObjectNode().put("path", "/d?q=2")));
	}

	private static Collection<Finding> run(EmbeddedKintoServer reference, int sequences, int limit) throws Exception {
		return new DifferentialTester(reference.url(), KintoServerSettings.defaults(),
				EnumSet.allOf(KnownDifference.class))
			.run(1, sequences, 2, limit);
	}

	private static Finding finding(String scenario, String path) {
		JsonNode request = JsonMapper.shared().createObjectNode().put("method", "GET").put("path", path);
		return Finding.of(JsonMapper.shared().createObjectNode().put("name", scenario),
				new Difference(1, List.of("body.data: differs"), request, request, ""));
	}

	private static String target(JsonNode step) {
		return step.path("request").path("method").asString() + " " + step.path("request").path("path").asString();
	}

	private static Step step(int number, String path, String body) {
		ObjectNode request = JsonMapper.shared().createObjectNode().put("path", path);
		return new Step(number, request.set("body", JsonMapper.shared().readTree(body)));
	}

}
