package io.kintospring.benchmarks.context;

import java.util.List;

import io.kintospring.benchmarks.context.application.AutoConfiguredApplication;
import io.kintospring.boot.test.autoconfigure.AutoConfigureKinto;
import io.kintospring.boot.test.autoconfigure.KintoTest;

import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Kind of test contexts. Several tests of a kind differ in a property, so each has a
 * context of its own.
 */
public enum ContextKind {

	/**
	 * Context of an application without beans and without auto-configuration.
	 */
	EMPTY("empty"),

	/**
	 * Context of an application without beans of its own. It must run without Kinto on
	 * the class path.
	 */
	AUTO_CONFIGURED("empty, with auto-configuration"),

	/**
	 * Context of {@code @JsonTest}, a small test slice of Spring Boot. It has a
	 * {@code JsonMapper}, but no client and no server.
	 */
	JSON_TEST("@JsonTest"),

	/**
	 * Context of {@code @KintoTest}.
	 */
	KINTO_TEST("@KintoTest"),

	/**
	 * Context of {@code @SpringBootTest} with {@code @AutoConfigureKinto}, and of an
	 * application without beans of its own.
	 */
	AUTO_CONFIGURED_KINTO("@AutoConfigureKinto, with auto-configuration");

	private final String title;

	ContextKind(String title) {
		this.title = title;
	}

	/**
	 * Return the title.
	 * @return the title in the report
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return the tests. This loads no classes of other kinds, whose annotations may be
	 * missing on the class path.
	 */
	List<Class<?>> tests() {
		return switch (this) {
			case EMPTY -> List.of(Empty1.class, Empty2.class, Empty3.class);
			case AUTO_CONFIGURED -> List.of(AutoConfigured1.class, AutoConfigured2.class, AutoConfigured3.class);
			case JSON_TEST -> List.of(Json1.class, Json2.class, Json3.class);
			case KINTO_TEST -> List.of(Kinto1.class, Kinto2.class, Kinto3.class);
			case AUTO_CONFIGURED_KINTO ->
				List.of(AutoConfiguredKinto1.class, AutoConfiguredKinto2.class, AutoConfiguredKinto3.class);
		};
	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=1")
	static class Empty1 {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=2")
	static class Empty2 {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=3")
	static class Empty3 {

	}

	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=1")
	static class AutoConfigured1 {

	}

	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=2")
	static class AutoConfigured2 {

	}

	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=3")
	static class AutoConfigured3 {

	}

	@JsonTest(properties = "number=1")
	static class Json1 {

	}

	@JsonTest(properties = "number=2")
	static class Json2 {

	}

	@JsonTest(properties = "number=3")
	static class Json3 {

	}

	@KintoTest(properties = "number=1")
	static class Kinto1 {

	}

	@KintoTest(properties = "number=2")
	static class Kinto2 {

	}

	@KintoTest(properties = "number=3")
	static class Kinto3 {

	}

	@AutoConfigureKinto
	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=1")
	static class AutoConfiguredKinto1 {

	}

	@AutoConfigureKinto
	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=2")
	static class AutoConfiguredKinto2 {

	}

	@AutoConfigureKinto
	@SpringBootTest(classes = AutoConfiguredApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "number=3")
	static class AutoConfiguredKinto3 {

	}

}
