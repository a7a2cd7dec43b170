package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the properties in blocks of properties exist and are not deprecated, if
 * their prefix belongs to a library on the class path of this module.
 */
class PropertyNameTests {

	private static final Map<String, JsonNode> METADATA = new HashMap<>();

	@BeforeAll
	static void readMetadata() throws IOException {
		for (URL resource : Collections.list(
				PropertyNameTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = resource.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
					METADATA.put(property.path("name").asString(), property);
				}
			}
		}
	}

	static Stream<Page> pagesWithProperties() {
		return Page.all().filter((page) -> !page.code("properties").isEmpty());
	}

	@ParameterizedTest
	@MethodSource("pagesWithProperties")
	void propertiesExist(Page page) {
		assertThat(page.code("properties").stream().flatMap(String::lines)).map((line) -> line.split("[=\\[]", 2)[0])
			.filteredOn((name) -> Stream
				.of("kinto.", "management.prometheus.", "spring.ssl.", "spring.security.oauth2.client.")
				.anyMatch(name::startsWith))
			.allMatch(PropertyNameTests::exists);
	}

	/**
	 * Return whether the property exists, or is an entry of a map.
	 */
	private static boolean exists(String name) {
		JsonNode property = METADATA.get(name);
		if (property != null) {
			return !property.has("deprecation");
		}
		String[] parts = name.split("\\.");
		for (int length = parts.length - 1; length > 0; length--) {
			JsonNode parent = METADATA.get(String.join(".", Arrays.copyOf(parts, length)));
			if (parent != null) {
				return parent.path("type").asString().startsWith("java.util.Map");
			}
		}
		return false;
	}

}
