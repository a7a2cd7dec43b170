package io.kintospring.boot.testcontainers;

import java.util.List;

import io.kintospring.KintoObject;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for {@link KintoContainer}. They are skipped without a container
 * engine.
 */
@Testcontainers(disabledWithoutDocker = true)
class KintoContainerIntegrationTests {

	@Test
	void storesRecordsInMemory() {
		try (KintoContainer container = new KintoContainer()) {
			container.start();
			assertThatRecordsAreStored(container);
		}
	}

	@Test
	void storesRecordsInPostgres() {
		try (PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:17-alpine").withPassword("100% @:/");
				KintoContainer container = new KintoContainer().withPostgres(postgres)) {
			container.start();
			assertThatRecordsAreStored(container);
			container.stop();
			container.start();
			try (KintoTemplate kinto = template(container, "test", "test")) {
				assertThat(kinto.buckets().list().data()).extracting(KintoObject::id).contains("blog");
			}
			container.flush();
			try (KintoTemplate kinto = template(container, "test", "test")) {
				assertThat(kinto.buckets().list().data()).isEmpty();
			}
		}
	}

	@Test
	void usesPluginsSettingsAndAccounts() {
		try (KintoContainer container = new KintoContainer().withPlugins("kinto.plugins.counters")
			.withSetting("project_name", "100%")
			.withAccount("ann", "secret")) {
			container.start();
			try (KintoTemplate kinto = template(container, "ann", "secret")) {
				KintoServerInfo info = kinto.fetchServerInfo();
				assertThat(info.projectName()).isEqualTo("100%");
				assertThat(kinto.fetchUser()).get().extracting("id").isEqualTo("account:ann");
			}
		}
	}

	private static void assertThatRecordsAreStored(KintoContainer container) {
		try (KintoTemplate kinto = template(container, container.getUsername(), container.getPassword())) {
			kinto.buckets().create("blog");
			kinto.bucket("blog").collections().create("posts");
			CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
			KintoObject<Post> saved = posts.create(new Post("Hello"));
			assertThat(posts.get(saved.id())).isEqualTo(saved);
			assertThat(kinto.fetchHeartbeat().isHealthy()).isTrue();
			assertThat(kinto.fetchServerInfo().capabilities().keySet())
				.containsAll(List.of("accounts", "default_bucket", "history", "permissions_endpoint", "schema"));
		}
	}

	private static KintoTemplate template(KintoContainer container, String username, String password) {
		return KintoTemplate.builder(container.getUrl())
			.authentication(KintoAuthentication.basic(username, password))
			.build();
	}

	record Post(String title) {
	}

}
