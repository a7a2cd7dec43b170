package io.kintospring.embedded.conformance;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbers of a JSON text as they are written, by the JSON pointer of each. Numbers with
 * the same value can have different texts, such as {@code 1.0} and {@code 1}.
 *
 * @param byPointer the text of each number
 */
record NumberTexts(Map<String, String> byPointer) {

	static NumberTexts of(String json) {
		Map<String, String> numbers = new HashMap<>();
		try (JsonParser parser = JsonMapper.shared().createParser(json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token.isNumeric()) {
					numbers.put(parser.streamReadContext().pathAsPointer().toString(), parser.getString());
				}
			}
		}
		return new NumberTexts(numbers);
	}

	NumberTexts below(String pointer) {
		Map<String, String> numbers = new HashMap<>();
		this.byPointer.forEach((path, text) -> {
			if (path.startsWith(pointer + "/")) {
				numbers.put(path.substring(pointer.length()), text);
			}
		});
		return new NumberTexts(numbers);
	}

}
