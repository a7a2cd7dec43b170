package io.kintospring.embedded.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reduction of a sequence to the requests, parameters and values that a difference needs.
 */
final class Minimizer {

	private final Predicate<List<Step>> differs;

	private int attempts;

	/**
	 * Create a minimizer.
	 * @param differs whether a sequence still has the difference
	 * @param attempts how many sequences to try at most
	 */
	Minimizer(Predicate<List<Step>> differs, int attempts) {
		this.differs = differs;
		this.attempts = attempts;
	}

	/**
	 * Reduce a sequence.
	 * @param steps a sequence that has the difference
	 * @return the smallest sequence found that has the difference
	 */
	List<Step> minimize(List<Step> steps) {
		List<Step> smaller = simplify(removeSteps(steps));
		return (smaller.size() < 2) ? smaller : removeSteps(smaller);
	}

	/**
	 * Remove parts of the sequence, first halves, then smaller and smaller ones.
	 */
	private List<Step> removeSteps(List<Step> steps) {
		List<Step> current = steps;
		int size = Math.max(1, current.size() / 2);
		while (true) {
			boolean removed = false;
			for (int end = current.size(); end > 0; end -= size) {
				List<Step> candidate = new ArrayList<>(current);
				candidate.subList(Math.max(0, end - size), end).clear();
				if (differs(candidate)) {
					current = candidate;
					removed = true;
				}
			}
			if (size == 1 && !removed) {
				return current;
			}
			size = removed ? Math.max(1, Math.min(size, current.size() / 2)) : Math.max(1, size / 2);
		}
	}

	private List<Step> simplify(List<Step> steps) {
		List<Step> current = new ArrayList<>(steps);
		for (int i = 0; i < current.size(); i++) {
			boolean simpler = true;
			while (simpler) {
				simpler = false;
				for (ObjectNode request : simpler(current.get(i).request())) {
					List<Step> candidate = new ArrayList<>(current);
					candidate.set(i, current.get(i).with(request));
					if (differs(candidate)) {
						current = candidate;
						simpler = true;
						break;
					}
				}
			}
		}
		return current;
	}

	private boolean differs(List<Step> candidate) {
		return !candidate.isEmpty() && this.attempts-- > 0 && this.differs.test(candidate);
	}

	/**
	 * Return the request without one of its headers, query parameters, or parts of its
	 * body.
	 */
	private static List<ObjectNode> simpler(ObjectNode request) {
		List<ObjectNode> simpler = new ArrayList<>();
		String[] target = request.path("path").asString().split("\\?", 2);
		List<String> parameters = (target.length > 1) ? Arrays.asList(target[1].split("&")) : List.of();
		for (int i = 0; i < parameters.size(); i++) {
			List<String> fewer = new ArrayList<>(parameters);
			fewer.remove(i);
			String query = fewer.isEmpty() ? "" : "?" + String.join("&", fewer);
			simpler.add(request.deepCopy().put("path", target[0] + query));
		}
		for (String name : List.of("body", "headers")) {
			if (request.has(name)) {
				simpler.add(request.deepCopy().without(name));
				without(request.get(name)).forEach((part) -> simpler.add(request.deepCopy().set(name, part)));
			}
		}
		if (request.path("user").isString() && !request.path("user").asString().equals("alice")) {
			simpler.add(request.deepCopy().put("user", "alice"));
		}
		simpler.removeIf((one) -> one.has("body") && hasType(request) && !hasType(one));
		return simpler;
	}

	/**
	 * Return whether a request has a {@code Content-Type}, which requests with a body
	 * need.
	 */
	private static boolean hasType(ObjectNode request) {
		return request.path("headers").has("Content-Type");
	}

	/**
	 * Return copies of a JSON value that lack one field or element each, large parts
	 * first.
	 */
	private static Stream<JsonNode> without(JsonNode json) {
		if (json instanceof ObjectNode object) {
			List<String> names = List.copyOf(object.propertyNames());
			return Stream.concat(names.stream().map((name) -> (JsonNode) object.deepCopy().without(name)),
					names.stream()
						.flatMap((name) -> without(object.get(name))
							.map((part) -> (JsonNode) object.deepCopy().set(name, part))));
		}
		if (json instanceof ArrayNode array) {
			return Stream.concat(indexes(array).mapToObj((i) -> {
				ArrayNode fewer = array.deepCopy();
				fewer.remove(i);
				return (JsonNode) fewer;
			}), indexes(array).boxed().flatMap((i) -> without(array.get(i)).map((part) -> {
				ArrayNode simpler = array.deepCopy();
				simpler.set(i, part);
				return (JsonNode) simpler;
			})));
		}
		return Stream.empty();
	}

	private static IntStream indexes(ArrayNode array) {
		return IntStream.range(0, array.size());
	}

}
