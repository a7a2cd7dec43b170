package io.kintospring.embedded.conformance;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Response that differs from the recorded one.
 *
 * @param step the number of the step in the scenario, from 1
 * @param lines the differences, one per line
 * @param request the request
 * @param expected the recorded response
 * @param actual the response of the server, as text
 */
public record Difference(int step, List<String> lines, JsonNode request, JsonNode expected, String actual) {

	@Override
	public String toString() {
		return """
				step %d differs
				  %s
				request:  %s
				expected: %s
				actual:   %s""".formatted(this.step, String.join("\n  ", this.lines), this.request, this.expected,
				this.actual);
	}

}
