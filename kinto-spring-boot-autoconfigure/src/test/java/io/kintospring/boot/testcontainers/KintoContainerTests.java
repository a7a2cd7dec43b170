package io.kintospring.boot.testcontainers;

import java.time.Duration;

import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.junit.EmbeddedKinto;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link KintoContainer} without a container engine.
 */
@EmbeddedKinto(settings = "multiauth.policies=account")
class KintoContainerTests {

	@Test
	void imageIsThatOfKinto() {
		assertThat(new KintoContainer().getImage())
			.hasToString(new KintoContainer("kinto/kinto-server:26.3.1").getImage().toString())
			.asString()
			.contains("kinto/kinto-server:26.3.1");
		assertThatIllegalStateException().isThrownBy(() -> new KintoContainer("postgres:17-alpine"));
		new KintoContainer(
				DockerImageName.parse("registry.example.com/kinto:1").asCompatibleSubstituteFor(KintoContainer.IMAGE));
	}

	@Test
	void serverReadsTheFileThatIsCopiedIntoTheContainer(EmbeddedKintoServer server) {
		StubKintoContainer container = new StubKintoContainer(server);
		container.withSetting("paginate_by", "3").withPlugins("kinto_attachment").withUsername("ann");
		assertThat(container.settings()).containsEntry("kinto.paginate_by", "3")
			.containsEntry("kinto.account_write_principals", "account:ann")
			.hasEntrySatisfying("kinto.includes", (includes) -> assertThat(includes).endsWith(" kinto_attachment"));
	}

	@Test
	void waitsUntilTheServerIsHealthy(EmbeddedKintoServer server) {
		KintoContainer container = new StubKintoContainer(server).withStartupTimeout(Duration.ofSeconds(2));
		server.faults().fail(1000, (requests) -> requests.path("/__heartbeat__"), 503, Duration.ZERO);
		assertThatExceptionOfType(ContainerLaunchException.class).isThrownBy(container::start);
		server.faults().clear();
		container.start();
	}

	@Test
	void accountsAreCreatedWhenTheContainerStarts(EmbeddedKintoServer server) {
		KintoContainer container = new StubKintoContainer(server).withUsername("ann")
			.withPassword("secret of ann")
			.withAccount("bob@example.com", "secret of bob");
		container.start();
		assertThat(container.getUrl()).isEqualTo(server.url());
		assertThat(user(container, "ann", "secret of ann")).isEqualTo("account:ann");
		assertThat(user(container, "bob@example.com", "secret of bob")).isEqualTo("account:bob@example.com");
		assertThat(container.toString()).doesNotContain("secret of");
	}

	@Test
	void existingAccountsAreKept(EmbeddedKintoServer server) {
		new StubKintoContainer(server).start();
		KintoContainer container = new StubKintoContainer(server);
		container.start();
		assertThat(user(container, "test", "test")).isEqualTo("account:test");
	}

	@Test
	void accountThatExistsWithAnotherPasswordIsReported(EmbeddedKintoServer server) {
		new StubKintoContainer(server).start();
		KintoContainer container = new StubKintoContainer(server).withPassword("different");
		assertThatIllegalStateException().isThrownBy(container::start)
			.withMessageContaining("The server rejects the password of the account test")
			.withMessageNotContaining("different");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "_ann", "ann bob", "ann\nkinto.readonly = true", "ann%(here)s", "ann:bob", "ann,bob" })
	void namesThatNoAccountCanHaveAreRejected(String name) {
		KintoContainer container = new KintoContainer();
		assertThatIllegalArgumentException().isThrownBy(() -> container.withUsername(name))
			.withMessageContaining("'" + name + "' cannot be the id of an account");
		assertThatIllegalArgumentException().isThrownBy(() -> container.withAccount(name, "s3cr3t"))
			.withMessageContaining("'" + name + "' cannot be the id of an account")
			.withMessageNotContaining("s3cr3t");
	}

	@Test
	void passwordsThatKintoRejectsAreRejectedAndNotShown() {
		KintoContainer container = new KintoContainer();
		String tooLong = "s3cr3t" + "ä".repeat(34);
		assertThatIllegalArgumentException().isThrownBy(() -> container.withPassword(tooLong))
			.withMessage("The password of the account test must have 1 to 72 bytes, but has 74");
		assertThatIllegalArgumentException().isThrownBy(() -> container.withAccount("ann", ""))
			.withMessage("The password of the account ann must have 1 to 72 bytes, but has 0");
		container.withPassword(tooLong.substring(1, 35));
	}

	@Test
	void flushDeletesEverythingExceptAccounts(EmbeddedKintoServer server) {
		KintoContainer container = new StubKintoContainer(server).withAccount("ann", "ann");
		container.start();
		try (KintoTemplate kinto = template(container, "test", "test")) {
			kinto.buckets().create("blog");
			container.flush();
			assertThat(kinto.buckets().list().data()).isEmpty();
			assertThat(kinto.buckets().create("blog").id()).isEqualTo("blog");
		}
		assertThat(user(container, "ann", "ann")).isEqualTo("account:ann");
	}

	@Test
	void databaseIsInTheSameNetworkAndStartsFirst(EmbeddedKintoServer server) {
		StubPostgresContainer postgres = new StubPostgresContainer();
		StubKintoContainer container = new StubKintoContainer(server);
		container.withPostgres(postgres);
		postgres.withUsername("me@home").withPassword("100% /?").withDatabaseName("kinto?a b");
		container.start();
		assertThat(postgres.getContainerId()).isNotNull();
		assertThat(container.getNetwork()).isNotNull().isSameAs(postgres.getNetwork());
		String url = "postgresql://me%40home:100%25%20%2F%3F@" + postgres.getNetworkAliases().get(0)
				+ ":5432/kinto%3Fa%20b";
		assertThat(container.settings()).containsEntry("kinto.storage_url", url)
			.containsEntry("kinto.permission_url", url)
			.containsEntry("kinto.cache_url", url);
	}

	@Test
	void networkOfTheDatabaseIsKept() {
		try (Network network = Network.newNetwork(); Network other = Network.newNetwork()) {
			StubPostgresContainer postgres = new StubPostgresContainer();
			postgres.withNetwork(network);
			assertThat(new KintoContainer().withNetwork(other).withPostgres(postgres).getNetwork()).isSameAs(network);
			assertThat(postgres.getNetwork()).isSameAs(network);
		}
	}

	@Test
	void databaseWithoutNetworkJoinsTheNetworkOfTheContainer() {
		try (Network network = Network.newNetwork()) {
			StubPostgresContainer postgres = new StubPostgresContainer();
			assertThat(new KintoContainer().withNetwork(network).withPostgres(postgres).getNetwork()).isSameAs(network)
				.isSameAs(postgres.getNetwork());
		}
	}

	@Test
	void startedDatabaseWithoutNetworkIsRejected() {
		StubPostgresContainer postgres = new StubPostgresContainer();
		postgres.start();
		assertThatIllegalStateException().isThrownBy(() -> new KintoContainer().withPostgres(postgres))
			.withMessageContaining("already started");
	}

	private static String user(KintoContainer container, String username, String password) {
		try (KintoTemplate kinto = template(container, username, password)) {
			return kinto.fetchUser().orElseThrow().id();
		}
	}

	private static KintoTemplate template(KintoContainer container, String username, String password) {
		return KintoTemplate.builder(container.getUrl())
			.authentication(KintoAuthentication.basic(username, password))
			.build();
	}

}
