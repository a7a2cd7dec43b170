package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.docs.Notes.Note;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The code of the README does what the README says, and its table of properties is
 * complete.
 */
@SpringBootTest(classes = ReadmeTests.Application.class)
class ReadmeTests {

	private static final Page README = Page.of(Page.ROOT.resolve("README.md"));

	@Test
	void codeDoesWhatItSays(@Autowired Notes notes, @Autowired KintoTemplate kinto) {
		KintoObject<Note> first = notes.add("first");
		KintoObject<Note> second = notes.add("second");
		KintoObject<Note> changed = notes.change(first, "changed");
		assertThat(notes.latest()).extracting((note) -> note.data().text()).containsExactly("changed", "second");
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> notes.change(first, "stale"))
			.satisfies((conflict) -> assertThat(conflict.existing(Note.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(changed.data()));
		assertThat(second.lastModified()).isLessThan(changed.lastModified());
	}

	@Test
	void tableOfPropertiesIsThatOfTheMetadata() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		for (List<String> row : README.rows()) {
			for (String name : row.get(0).split(", ")) {
				if (name.startsWith("kinto.") || name.startsWith("management.")) {
					documented.put(name.replace(".*", ""), row.get(1));
				}
			}
		}
		assertThat(documented).isEqualTo(metadata());
	}

	private static Map<String, String> metadata() throws IOException {
		Map<String, String> properties = new TreeMap<>();
		List<URL> resources = Collections
			.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
		for (URL resource : resources) {
			try (InputStream json = resource.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
					String name = property.path("name").asString();
					if (name.startsWith("kinto.") || name.matches("management\\.\\w+\\.kinto\\..*")) {
						properties.put(name, property.path("defaultValue").asString(""));
					}
				}
			}
		}
		return properties;
	}

	@EnableAutoConfiguration
	@Import(Notes.class)
	static class Application {

	}

}
