package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoConnectionRegistrar;

/**
 * Registrar for the embedded server of a test. It registers the server even if
 * {@code kinto.url} is set. The server does not use the data file of the application,
 * because the tests empty it.
 */
class TestKintoConnectionRegistrar extends EmbeddedKintoConnectionRegistrar {

	@Override
	protected boolean isServerWanted() {
		return true;
	}

	@Override
	protected boolean isDataFileUsed() {
		return false;
	}

}
