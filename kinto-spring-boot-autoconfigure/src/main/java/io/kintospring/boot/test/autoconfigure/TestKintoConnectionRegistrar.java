package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoConnectionRegistrar;

/**
 * Registrar for the embedded server of a test. It registers the server even if
 * {@code kinto.url} is set.
 */
class TestKintoConnectionRegistrar extends EmbeddedKintoConnectionRegistrar {

	@Override
	protected boolean isServerWanted() {
		return true;
	}

}
