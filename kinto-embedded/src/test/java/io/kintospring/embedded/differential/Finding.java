package io.kintospring.embedded.differential;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.kintospring.embedded.conformance.Difference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sequence of requests that two servers answer differently.
 *
 * @param kind what differs, without the values
 * @param scenario the requests with the responses of the reference server, in the format
 * of the recorded scenarios
 * @param difference the first response that differs
 */
record Finding(String kind, ObjectNode scenario, Difference difference) {

	static Finding of(ObjectNode scenario, Difference difference) {
		return new Finding(kind(difference), scenario, difference);
	}

	/**
	 * Describe a difference by the method, the path without ids, and the place in the
	 * response.
	 */
	private static String kind(Difference difference) {
		String path = difference.request()
			.path("path")
			.asString("")
			.replaceFirst("[?].*", "")
			.replaceAll("(buckets|groups|collections|records|accounts)/[^/?]+", "$1/*");
		String place = difference.lines()
			.get(0)
			.replaceAll("\\[\\d+]", "[]")
			.replaceFirst("(?s)^((?!.*status:)[^:]*):.*", "$1")
			.replaceFirst("^(body[^:]*data(\\[])?)\\..*", "$1.*");
		return "%s %s %s".formatted(difference.request().path("method").asString(""), path, place);
	}

	/**
	 * Describe the difference with the operators and parameters of the query.
	 */
	String detailedKind() {
		String[] target = this.difference.request().path("path").asString("").split("\\?", 2);
		String names = (target.length < 2) ? "" : Arrays.stream(target[1].split("&"))
			.map((parameter) -> parameter
				.replaceFirst("^((_\\w+|(min|max|gt|lt|eq|not|in|has|exclude|like|contains_any|contains)_)?).*", "$1"))
			.sorted()
			.collect(Collectors.joining("&", "?", ""));
		return this.kind + names;
	}

	/**
	 * Return the name of a file for this finding. The name of the scenario tells findings
	 * of the same kind apart.
	 */
	String fileName() {
		return (this.kind + " " + this.scenario.path("name").asString()).replaceAll("\\W+", "-") + ".json";
	}

	String json() {
		return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this.scenario);
	}

	@Override
	public String toString() {
		return "%s%n%s%nReplay it with this scenario:%n%s%n".formatted(detailedKind(), this.difference, json());
	}

}
