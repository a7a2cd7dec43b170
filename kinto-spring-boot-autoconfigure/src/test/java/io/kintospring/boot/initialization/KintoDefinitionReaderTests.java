package io.kintospring.boot.initialization;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoPermissions;
import io.kintospring.boot.initialization.KintoDefinition.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

class KintoDefinitionReaderTests {

	@Test
	void readsEveryKindOfObject() {
		KintoDefinition definition = read("""
				buckets:
				  blog:
				    data: {title: A blog}
				    permissions:
				      read: [system.Everyone]
				    groups:
				      editors:
				        data: {members: ["account:ann"], title: Editors}
				        permissions: {}
				    collections:
				      posts:
				        data: {schema: {type: object}}
				        permissions:
				          record:create: [/buckets/blog/groups/editors]
				        records:
				          first:
				            data: {title: First}
				            permissions: {write: ["account:ann"]}
				      drafts:
				""");
		assertThat(definition.toString()).endsWith(", buckets=" + definition.buckets().keySet() + "]");
		assertThat(definition).isEqualTo(KintoDefinition.of()
			.source("here")
			.bucket("blog", (blog) -> blog.data(Map.of("title", "A blog"))
				.permissions((p) -> p.read("system.Everyone"))
				.group("editors", (group) -> group.members("account:ann").data(Map.of("title", "Editors")))
				.collection("posts", (posts) -> posts.data(Map.of("schema", Map.of("type", "object")))
					.permissions((p) -> p.createRecords("/buckets/blog/groups/editors"))
					.record("first",
							(first) -> first.data(Map.of("title", "First")).permissions((p) -> p.write("account:ann"))))
				.collection("drafts", (drafts) -> drafts)));
	}

	@Test
	void anchorsAndMergeKeysCanBeUsed() {
		KintoDefinition definition = read("""
				text-schema: &text-schema
				  type: object
				public: &public
				  permissions: {read: [system.Everyone]}
				buckets:
				  main:
				    collections:
				      a: {data: {schema: *text-schema}}
				      b:
				        <<: *public
				        data: {schema: *text-schema}
				""");
		Map<String, Collection> collections = definition.buckets().get("main").collections();
		assertThat(collections.get("a").data()).isEqualTo(collections.get("b").data())
			.containsEntry("schema", Map.of("type", "object"));
		assertThat(collections.get("b").permissions()).isEqualTo(KintoPermissions.none().read("system.Everyone"));
	}

	@Test
	void valuesHaveTheTypesOfJson() {
		KintoDefinition definition = read("""
				buckets:
				  main:
				    data:
				      day: 2026-11-29
				      time: 12:30
				      answer: yes
				      code: 010
				      hexadecimal: 0x10
				      flag: true
				      count: -12
				      price: 1.50
				      power: 1e3
				      nothing: ~
				      empty:
				      1: one
				""");
		assertThat(definition.buckets().get("main").data()).containsExactly(entry("day", "2026-11-29"),
				entry("time", "12:30"), entry("answer", "yes"), entry("code", "010"), entry("hexadecimal", "0x10"),
				entry("flag", true), entry("count", -12), entry("price", 1.5), entry("power", 1000.0),
				entry("nothing", null), entry("empty", null), entry("1", "one"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing yet", "buckets:", "buckets: {}" })
	void emptyFileDefinesNothing(String yaml) {
		assertThat(read(yaml).buckets()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					bucket: {blog: {}} | the key 'buckets' is missing, but there are bucket
					buckets: [blog] | buckets must be a map, but is a list
					buckets: {blog: {colections: {}}} | buckets.blog has the unknown key 'colections'; known keys are collections, data, groups, permissions
					buckets: {blog: {groups: {a: {members: []}}}} | buckets.blog.groups.a has the unknown key 'members'; known keys are data, permissions
					buckets: {blog: {collections: {a: {groups: {}}}}} | buckets.blog.collections.a has the unknown key 'groups'; known keys are data, permissions, records
					buckets: {blog: {collections: {a: {records: {b: {title: Secret}}}}}} | buckets.blog.collections.a.records.b has the unknown key 'title'; known keys are data, permissions
					buckets: {blog: {data: Secret}} | buckets.blog.data must be a map, but is a single value
					buckets: {blog: {permissions: {read: system.Everyone}}} | buckets.blog.permissions.read must be a list of principals, such as system.Everyone or account:ann
					buckets: {blog: {permissions: {"record:create": []}}} | buckets.blog: 'record:create' is not a permission of this object: use one of collection:create, group:create, read, write
					buckets: {blog: {permissions: {read: [""]}}} | buckets.blog.permissions: The permission 'read' has a blank principal: use one such as account:alice or system.Everyone
					buckets: {blog: {groups: {a: {data: {members: "account:ann"}}}}} | buckets.blog.groups.a: members must be a list of user ids, such as account:ann
					buckets: {blog: {data: {file: !!binary AAAA}}} | buckets.blog: data.file is a [B, but must be text, a number, a boolean, null, a map or a list
					accounts: {} | accounts are not supported: create them with KintoTemplate.createAccount
					""")
	void messageNamesThePlaceAndTheProblem(String yaml, String problem) {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class).isThrownBy(() -> read(yaml))
			.withMessage("here: " + problem)
			.withNoCause();
	}

	@Test
	void malformedYamlHasLineAndColumnWithoutItsText() {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class)
			.isThrownBy(() -> read("buckets:\n  blog:\n    data: [secret\n  other: {}\n"))
			.withMessageStartingWith("here: malformed YAML in line 4, column 8: ")
			.withMessageNotContaining("secret");
	}

	@Test
	void keyThatIsDefinedTwiceIsRejected() {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class)
			.isThrownBy(() -> read("buckets:\n  blog: {}\n  blog: {}\n"))
			.withMessage("here: malformed YAML in line 3, column 3: found duplicate key blog");
	}

	@Test
	void valueThatContainsItselfIsRejected() {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class)
			.isThrownBy(() -> read("buckets: {blog: {data: {a: &a [*a]}}}"))
			.withMessage("here: buckets.blog: data.a has more than 100 levels, or contains itself");
	}

	@Test
	void tagOfAClassIsRejected() {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class)
			.isThrownBy(() -> read("buckets: {blog: {data: {a: !!java.net.URL [\"http://localhost\"]}}}"))
			.withMessageStartingWith("here: malformed YAML in line 1, column 28: ");
	}

	@Test
	void missingFileIsRejected() {
		assertThatExceptionOfType(InvalidKintoDefinitionException.class)
			.isThrownBy(() -> KintoDefinitionReader.read(new ClassPathResource("nowhere.yaml")))
			.withMessageStartingWith("class path resource [nowhere.yaml]: the file cannot be read: ");
	}

	@Test
	void missingSnakeYamlIsNamed() throws Exception {
		String yaml = Yaml.class.getProtectionDomain().getCodeSource().getLocation().getPath();
		List<URL> classPath = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.equals(yaml)) {
				classPath.add(Path.of(entry).toUri().toURL());
			}
		}
		try (URLClassLoader classLoader = new URLClassLoader(classPath.toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader())) {
			Class<?> resource = classLoader.loadClass(Resource.class.getName());
			Object file = classLoader.loadClass(ByteArrayResource.class.getName())
				.getConstructor(byte[].class)
				.newInstance(new byte[0]);
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> classLoader.loadClass(KintoDefinitionReader.class.getName())
					.getMethod("read", resource)
					.invoke(null, file))
				.havingCause()
				.withMessageContaining(
						"SnakeYAML is required to read this file: add the dependency org.yaml:snakeyaml");
		}
	}

	@Test
	void valueOfAnotherJavaTypeIsRejected() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> KintoDefinition.of()
				.bucket("blog", (blog) -> blog.data(Map.of("tags", Arrays.asList(List.of(), new Object())))))
			.withMessage("data.tags.1 is a java.lang.Object, but must be text, a number, a boolean, null, a map or"
					+ " a list");
	}

	private static KintoDefinition read(String yaml) {
		return KintoDefinitionReader.read(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getDescription() {
				return "here";
			}

		});
	}

}
