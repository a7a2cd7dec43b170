package io.kintospring.docs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.kintospring.docs.ConfigurationMetadata.Hint;
import io.kintospring.docs.ConfigurationMetadata.Property;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of properties are those of the configuration metadata, which has hints for
 * the values that an editor cannot know.
 */
class ConfigurationTests {

	private static final List<String> ROWS = ConfigurationMetadata.properties().stream().map(Property::row).toList();

	@Test
	void pageHasTheRowOfEachProperty() throws IOException {
		List<String> documented = rows(Page.named("configuration.md")).toList();
		assertThat(lines(ROWS.stream().filter(Predicate.not(documented::contains))))
			.as("rows that docs/configuration.md lacks")
			.isEmpty();
		assertThat(lines(documented.stream().filter(Predicate.not(ROWS::contains))))
			.as("rows of docs/configuration.md that are not those of the metadata")
			.isEmpty();
		assertThat(documented).doesNotHaveDuplicates();
	}

	@Test
	void rowsOfTheReadmeAreThoseOfTheMetadata() throws IOException {
		assertThat(lines(rows(Page.of(Page.ROOT.resolve("README.md"))).filter(Predicate.not(ROWS::contains))))
			.as("rows of README.md that are not those of docs/configuration.md")
			.isEmpty();
	}

	private static Stream<String> rows(Page page) throws IOException {
		return Files.readAllLines(page.path())
			.stream()
			.filter((line) -> line.matches("\\|\\s*`?(kinto|management)\\..*"));
	}

	private static String lines(Stream<String> rows) {
		return String.join("\n", rows.toList());
	}

	@Test
	void eachPropertyHasATypeAndADescription() {
		assertThat(ConfigurationMetadata.properties()).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.type()).as("type of " + property.name()).isNotEmpty();
			assertThat(property.description()).as("description of " + property.name()).matches("[A-Z].*\\.");
		});
	}

	@Test
	void eachHintBelongsToAProperty() {
		assertThat(ConfigurationMetadata.hints()).extracting((hint) -> hint.name().replaceAll("\\.(keys|values)$", ""))
			.isNotEmpty()
			.isSubsetOf(ConfigurationMetadata.properties().stream().map(Property::name).toList());
	}

	@Test
	void hintsOfEnumsHaveTheirValues() {
		for (Property property : ConfigurationMetadata.properties()) {
			List<String> values = property.enumValues();
			if (property.name().startsWith("kinto.") && !values.isEmpty()) {
				assertThat(hint(property.name()).values()).containsExactlyInAnyOrderElementsOf(values);
			}
		}
	}

	@Test
	void hintsOfOtherPropertiesAllowAnyValue() {
		List<String> enums = ConfigurationMetadata.properties()
			.stream()
			.filter((property) -> !property.enumValues().isEmpty())
			.map(Property::name)
			.toList();
		assertThat(ConfigurationMetadata.hints())
			.filteredOn((hint) -> !hint.values().isEmpty() && !enums.contains(hint.name()))
			.isNotEmpty()
			.allSatisfy((hint) -> assertThat(hint.providers()).as(hint.name()).containsExactly("any"));
	}

	@Test
	void locationsOfTextHaveTheHintOfResources() {
		assertThat(ConfigurationMetadata.properties())
			.filteredOn((property) -> property.name().endsWith("locations") && property.type().contains("String"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(hint(property.name()).providers()).containsExactly("handle-as"));
	}

	@Test
	void hintsOfSettingsAreThoseOfTheEmbeddedServer() {
		List<String> settings = Stream.of(KintoSetting.class.getFields())
			.filter((field) -> field.getType() == KintoSetting.class)
			.map(ConfigurationTests::setting)
			.toList();
		assertThat(hint("kinto.embedded.settings.keys").values()).containsExactlyInAnyOrderElementsOf(settings);
	}

	private static String setting(Field field) {
		try {
			return ((KintoSetting<?>) field.get(null)).name().replace('_', '-');
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void hintsOfCapabilitiesAreThoseOfAServer() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("attachment.folder", "").start();
				KintoTemplate kinto = KintoTemplate.builder(server.url()).build()) {
			assertThat(hint("kinto.required-capabilities").values()).isNotEmpty()
				.isSubsetOf(kinto.fetchServerInfo().capabilities().keySet());
		}
	}

	private static Hint hint(String name) {
		return ConfigurationMetadata.hints()
			.stream()
			.filter((hint) -> hint.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No hint for " + name));
	}

}
