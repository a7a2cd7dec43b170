package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoConnectionRegistrar;

/**
 * Registers the embedded server of a test, whether or not {@code kinto.url} is set.
 */
class TestKintoConnectionRegistrar extends EmbeddedKintoConnectionRegistrar {

	@Override
	protected boolean isServerWanted() {
		return true;
	}

}
