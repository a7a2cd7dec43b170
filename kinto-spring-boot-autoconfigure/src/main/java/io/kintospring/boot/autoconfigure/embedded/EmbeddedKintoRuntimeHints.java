package io.kintospring.boot.autoconfigure.embedded;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * Runtime hints for the class of the embedded server.
 */
class EmbeddedKintoRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		if (ClassUtils.isPresent(EmbeddedKintoConnectionRegistrar.SERVER, classLoader)) {
			hints.reflection().registerType(TypeReference.of(EmbeddedKintoConnectionRegistrar.SERVER));
		}
	}

}
