package io.kintospring.boot.testcontainers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Checksum;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

/**
 * Testcontainers container for a Kinto server.
 * <p>
 * Supported images: {@code kinto/kinto-server}
 * <p>
 * Exposed ports: 8888
 * <p>
 * The container brings its own {@code kinto.ini}, because the server of the image accepts
 * connections from its own container only. By default, the server
 * <ul>
 * <li>keeps its data in memory, see {@link #withPostgres(GenericContainer)},</li>
 * <li>has the account {@code test} with the password {@code test}, which can change all
 * accounts,</li>
 * <li>lets each account create buckets, and anonymous users create accounts,</li>
 * <li>includes the plugins for default buckets, accounts, history and flushing, the list
 * of permissions, and the validation of records by JSON schemas.</li>
 * </ul>
 * <p>
 * The container is started when the server and its database are healthy, and all accounts
 * exist. Configure it before you start it. Not thread-safe.
 */
public class KintoContainer extends GenericContainer<KintoContainer> {

	/**
	 * Name of the image, which is also the name of the service connection.
	 */
	public static final String IMAGE = "kinto/kinto-server";

	/**
	 * Tag of the image that {@link #KintoContainer()} uses.
	 */
	public static final String DEFAULT_TAG = "26.3.1";

	static final int PORT = 8888;

	private static final int POSTGRES_PORT = 5432;

	private static final int MAX_PASSWORD_BYTES = 72;

	private static final String INI_PATH = "/etc/kinto/testcontainers.ini";

	private static final Log logger = LogFactory.getLog(KintoContainer.class);

	private static final KintoCall<Integer> FLUSH = KintoCall
		.of(KintoRequest.of("flush", HttpMethod.POST, "/__flush__"), KintoResponse::status);

	private final KintoIni ini = new KintoIni(PORT);

	private final Map<String, String> accounts = new LinkedHashMap<>();

	private String username = "test";

	private String password = "test";

	private @Nullable GenericContainer<?> postgres;

	/**
	 * Create a container of the default image, {@code kinto/kinto-server:26.3.1}.
	 */
	public KintoContainer() {
		this(DockerImageName.parse(IMAGE).withTag(DEFAULT_TAG));
	}

	/**
	 * Create a container.
	 * @param dockerImageName the name of the image, such as
	 * {@code kinto/kinto-server:26.3.1}
	 * @throws IllegalStateException if the image is not {@code kinto/kinto-server}
	 */
	public KintoContainer(String dockerImageName) {
		this(DockerImageName.parse(dockerImageName));
	}

	/**
	 * Create a container.
	 * @param dockerImageName the name of the image. Declare another image than
	 * {@code kinto/kinto-server} as
	 * {@linkplain DockerImageName#asCompatibleSubstituteFor(String) compatible}.
	 * @throws IllegalStateException if the image is not compatible
	 */
	@SuppressWarnings("this-escape")
	public KintoContainer(DockerImageName dockerImageName) {
		super(dockerImageName);
		dockerImageName.assertCompatibleWith(DockerImageName.parse(IMAGE));
		addExposedPort(PORT);
		addEnv("KINTO_INI", INI_PATH);
		withCopyToContainer(new IniFile(), INI_PATH);
		setWaitStrategy(Wait.forHttp("/v1/__heartbeat__").forPort(PORT).forStatusCode(200));
	}

	/**
	 * Set the name of the account that the service connection uses. The account can
	 * change all accounts. The default is {@code test}.
	 * @param username the name
	 * @return this container
	 * @throws IllegalArgumentException if no account can have this name
	 */
	public KintoContainer withUsername(String username) {
		requireAccount(username, this.password);
		this.username = username;
		return this;
	}

	/**
	 * Set the password of the account that the service connection uses. The default is
	 * {@code test}.
	 * @param password the password, at most 72 bytes
	 * @return this container
	 * @throws IllegalArgumentException if no account can have this password
	 */
	public KintoContainer withPassword(String password) {
		requireAccount(this.username, password);
		this.password = password;
		return this;
	}

	/**
	 * Add another account.
	 * @param username the name
	 * @param password the password, at most 72 bytes
	 * @return this container
	 * @throws IllegalArgumentException if no account can have this name or password
	 */
	public KintoContainer withAccount(String username, String password) {
		requireAccount(username, password);
		this.accounts.put(username, password);
		return this;
	}

	/**
	 * Check an account before its name is written into the configuration file.
	 */
	private static void requireAccount(String username, String password) {
		KintoCalls.defaults().createAccount(username, password);
		int length = password.getBytes(StandardCharsets.UTF_8).length;
		Assert.isTrue(length > 0 && length <= MAX_PASSWORD_BYTES, () -> "The password of the account " + username
				+ " must have 1 to " + MAX_PASSWORD_BYTES + " bytes, but has " + length);
	}

	/**
	 * Add plugins to {@code kinto.includes}. The image must contain them.
	 * @param plugins the names of Python packages, such as {@code kinto_attachment}
	 * @return this container
	 * @throws IllegalArgumentException if a name is not that of a Python package
	 */
	public KintoContainer withPlugins(String... plugins) {
		this.ini.include(plugins);
		return this;
	}

	/**
	 * Set a setting of Kinto. It replaces the value that this container would use.
	 * @param name the name in Kinto's configuration file, such as
	 * {@code kinto.paginate_by}. The prefix {@code kinto.} can be omitted.
	 * @param value the value
	 * @return this container
	 * @throws IllegalArgumentException if the name contains a character that names of
	 * settings do not have, or if the value contains a control character such as a line
	 * break, or starts or ends with a blank
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/configuration/settings.html">Kinto's
	 * settings</a>
	 */
	public KintoContainer withSetting(String name, String value) {
		this.ini.set(name, value);
		return this;
	}

	/**
	 * Store the data in a PostgreSQL database, as a production server does. Transactions
	 * have the isolation level {@code REPEATABLE READ}, with which Kinto rejects all but
	 * one of several concurrent writes of an object, and so loses none without an error.
	 * <p>
	 * This container starts the database before itself, but does not stop it. Both
	 * containers join the network of the database. If the database has no network, they
	 * join the network of this container, or a new one. Testcontainers removes a new
	 * network when the JVM ends, because the database can use it longer than this
	 * container. To remove it earlier, set a network of your own first, and close it when
	 * both containers are stopped.
	 * @param postgres a {@code PostgreSQLContainer}, or another container of PostgreSQL
	 * with the environment variables of the image {@code postgres}. It must listen on
	 * port 5432.
	 * @return this container
	 * @throws IllegalStateException if the database is already started and has no network
	 */
	public KintoContainer withPostgres(GenericContainer<?> postgres) {
		if (postgres.getNetwork() == null) {
			Assert.state(postgres.getContainerId() == null,
					"The database is already started and has no network: call withPostgres before you start the"
							+ " database, or set a network with withNetwork");
			postgres.setNetwork((getNetwork() != null) ? getNetwork() : Network.newNetwork());
		}
		this.postgres = postgres;
		return withNetwork(postgres.getNetwork()).dependsOn(postgres);
	}

	/**
	 * Return the root URL of the API, such as {@code http://localhost:32768/v1}.
	 * @return the URL for clients outside of the container
	 * @throws IllegalStateException if the container is not started
	 */
	public String getUrl() {
		return "http://" + getHost() + ":" + getMappedPort(PORT) + "/v1";
	}

	/**
	 * Return the name of the account that the service connection uses.
	 * @return the name
	 */
	public String getUsername() {
		return this.username;
	}

	/**
	 * Return the password of the account that the service connection uses.
	 * @return the password
	 */
	public String getPassword() {
		return this.password;
	}

	/**
	 * Delete everything on the server, and create the accounts again. Call it before each
	 * test that must not see the data of other tests.
	 * @throws KintoException if the server cannot be flushed
	 * @throws IllegalStateException if the container is not started, or if an account
	 * cannot be created
	 */
	public void flush() {
		try (KintoTemplate kinto = template(KintoAuthentication.none())) {
			kinto.execute(FLUSH);
		}
		createAccounts();
	}

	@Override
	protected void containerIsStarted(InspectContainerResponse containerInfo) {
		createAccounts();
	}

	private void createAccounts() {
		createAccount(this.username, this.password);
		this.accounts.forEach(this::createAccount);
	}

	/**
	 * Create an account as an anonymous user, unless it exists. This is the case if the
	 * container is reused, or if the database is older than the container. A conflict
	 * does not reveal whether the account has this password.
	 */
	private void createAccount(String username, String password) {
		try (KintoTemplate anonymous = template(KintoAuthentication.none());
				KintoTemplate user = template(KintoAuthentication.basic(username, password))) {
			try {
				anonymous.createAccount(username, password);
			}
			catch (KintoConflictException ex) {
				logger.debug("The account " + username + " already exists");
			}
			String id = user.fetchUser().map(KintoUser::id).orElse(null);
			Assert.state(("account:" + username).equals(id), () -> "The server rejects the password of the account "
					+ username + ": use the password that the account was created with, or another database");
		}
		catch (KintoException ex) {
			throw new IllegalStateException(
					"The account " + username
							+ " could not be created: check its name, its password and the settings of the container",
					ex);
		}
	}

	private KintoTemplate template(KintoAuthentication authentication) {
		return KintoTemplate.builder(getUrl()).authentication(authentication).build();
	}

	private @Nullable String postgresUrl() {
		if (this.postgres == null) {
			return null;
		}
		Map<String, String> env = this.postgres.getEnvMap();
		String username = env.getOrDefault("POSTGRES_USER", "postgres");
		String password = env.getOrDefault("POSTGRES_PASSWORD", "");
		return "postgresql://" + encoded(username) + ":" + encoded(password) + "@"
				+ this.postgres.getNetworkAliases().get(0) + ":" + POSTGRES_PORT + "/"
				+ encoded(env.getOrDefault("POSTGRES_DB", username));
	}

	private static String encoded(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Configuration file that is written when the container is created, after its
	 * database was started.
	 */
	private final class IniFile implements Transferable {

		@Override
		public long getSize() {
			return getBytes().length;
		}

		@Override
		public byte[] getBytes() {
			return KintoContainer.this.ini.content(KintoContainer.this.username, postgresUrl())
				.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public void updateChecksum(Checksum checksum) {
			checksum.update(getBytes());
		}

		@Override
		public String getDescription() {
			return INI_PATH;
		}

	}

}
