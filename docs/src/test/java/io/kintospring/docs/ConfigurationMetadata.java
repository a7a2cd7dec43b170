package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

/**
 * Metadata of the configuration properties of all modules on the class path.
 */
final class ConfigurationMetadata {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	private ConfigurationMetadata() {
	}

	static List<Property> properties() {
		return read("properties").filter((property) -> isOwn(property.path("name").asString()))
			.map((property) -> new Property(property.path("name").asString(), property.path("type").asString(""),
					property.path("defaultValue").asString(""), property.path("description").asString("")))
			.toList();
	}

	static List<Hint> hints() {
		return read("hints").filter((hint) -> isOwn(hint.path("name").asString()))
			.map((hint) -> new Hint(hint.path("name").asString(), texts(hint.path("values"), "value"),
					texts(hint.path("providers"), "name")))
			.toList();
	}

	private static boolean isOwn(String name) {
		return name.startsWith("kinto.") || name.matches("management\\.\\w+\\.kinto\\..*");
	}

	private static List<String> texts(JsonNode array, String name) {
		return elements(array).map((element) -> element.path(name).asString()).toList();
	}

	private static Stream<JsonNode> read(String section) {
		try {
			return Collections.list(ConfigurationMetadata.class.getClassLoader().getResources(LOCATION))
				.stream()
				.flatMap((resource) -> elements(read(resource).path(section)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode read(URL resource) {
		try (InputStream json = resource.openStream()) {
			return JsonMapper.shared().readTree(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	/**
	 * A property. Text is empty if the metadata does not contain it.
	 *
	 * @param name the name
	 * @param type the name of the Java type
	 * @param defaultValue the default
	 * @param description the description, which is plain text
	 */
	record Property(String name, String type, String defaultValue, String description) {

		/**
		 * Return the values of the type, as in a properties file.
		 * @return the values, or an empty list if the type is not an enum
		 */
		List<String> enumValues() {
			if (!this.type.contains(".") || this.type.contains("<")) {
				return List.of();
			}
			Object[] constants = ClassUtils.resolveClassName(this.type, null).getEnumConstants();
			return (constants != null) ? Stream.of(constants).map(Object::toString).map(Property::dashed).toList()
					: List.of();
		}

		/**
		 * Return the row of a table in Markdown.
		 */
		String row() {
			return Stream.of(code(isMap() ? this.name + ".*" : this.name), typeCell(), defaultCell(), descriptionCell())
				.collect(Collectors.joining(" | ", "| ", " |"))
				.replace("|  |", "| |");
		}

		private boolean isMap() {
			return this.type.startsWith("java.util.Map<");
		}

		private String typeCell() {
			List<String> values = enumValues();
			return values.isEmpty() ? code(this.type.replaceAll("[\\w.]+\\.(\\w+)", "$1").replace(",", ", "))
					: values.stream().map(Property::code).collect(Collectors.joining(", "));
		}

		private String defaultCell() {
			if (this.defaultValue.isEmpty()) {
				return "";
			}
			return code(enumValues().isEmpty() ? this.defaultValue : dashed(this.defaultValue));
		}

		/**
		 * Return the description, with names, values and URLs as code.
		 */
		private String descriptionCell() {
			return this.description.replaceAll("'([^' ]+)'", "`$1`")
				.replaceAll("https?://[\\w./]*\\w", "`$0`")
				.replaceAll("(?<![\\w.`/])(kinto|spring)\\.[\\w.-]*\\w", "`$0`");
		}

		private static String code(String text) {
			return "`" + text + "`";
		}

		private static String dashed(String value) {
			return value.toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * A hint for the values of a property.
	 *
	 * @param name the name of the property, with {@code .keys} or {@code .values} for
	 * those of a map
	 * @param values the values
	 * @param providers the names of the providers
	 */
	record Hint(String name, List<String> values, List<String> providers) {

	}

}
