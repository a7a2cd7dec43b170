package io.kintospring.boot.autoconfigure.embedded;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * Runtime hints for the class of the embedded server and for the resources that its
 * JSON-P implementation looks up by name.
 */
class EmbeddedKintoRuntimeHints implements RuntimeHintsRegistrar {

	private static final String JSON_PROVIDER = "org.eclipse.parsson.JsonProviderImpl";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		if (!ClassUtils.isPresent(EmbeddedKintoConnectionRegistrar.SERVER, classLoader)) {
			return;
		}
		hints.reflection().registerType(TypeReference.of(EmbeddedKintoConnectionRegistrar.SERVER));
		hints.reflection()
			.registerTypeIfPresent(classLoader, JSON_PROVIDER, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		hints.resources().registerPattern("META-INF/services/jakarta.json.spi.JsonProvider");
		hints.resources().registerResourceBundle("org.eclipse.parsson.messages");
	}

}
