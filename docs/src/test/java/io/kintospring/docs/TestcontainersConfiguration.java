package io.kintospring.docs;

import io.kintospring.boot.testcontainers.KintoContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class TestcontainersConfiguration {

	@Bean
	PostgreSQLContainer postgresContainer() {
		return new PostgreSQLContainer("postgres:17-alpine");
	}

	@Bean
	@ServiceConnection
	KintoContainer kintoContainer(PostgreSQLContainer postgres) {
		return new KintoContainer().withPostgres(postgres);
	}

}
