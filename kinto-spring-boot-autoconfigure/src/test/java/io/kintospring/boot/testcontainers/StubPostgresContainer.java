package io.kintospring.boot.testcontainers;

import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Database container that requires no container engine. Starting it only prepares its
 * environment variables.
 */
class StubPostgresContainer extends PostgreSQLContainer {

	private boolean started;

	StubPostgresContainer() {
		super("postgres:17-alpine");
	}

	@Override
	public void start() {
		configure();
		this.started = true;
	}

	@Override
	public String getContainerId() {
		return this.started ? "postgres" : null;
	}

}
