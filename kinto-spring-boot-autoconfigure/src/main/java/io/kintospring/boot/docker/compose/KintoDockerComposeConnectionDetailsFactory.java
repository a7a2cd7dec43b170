package io.kintospring.boot.docker.compose;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * {@link DockerComposeConnectionDetailsFactory} to create {@link KintoConnectionDetails}
 * for a {@code kinto/kinto-server} service.
 */
class KintoDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<KintoConnectionDetails> {

	private static final String PATH_LABEL = "io.kintospring.boot.path";

	private static final String DEFAULT_PATH = "/v1";

	KintoDockerComposeConnectionDetailsFactory() {
		super("kinto/kinto-server");
	}

	@Override
	protected KintoConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new KintoDockerComposeConnectionDetails(source.getRunningService());
	}

	/**
	 * {@link KintoConnectionDetails} backed by a {@code kinto/kinto-server}
	 * {@link RunningService}.
	 */
	private static final class KintoDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements KintoConnectionDetails {

		private final String url;

		private final KintoEnvironment environment;

		private final @Nullable SslBundle sslBundle;

		private KintoDockerComposeConnectionDetails(RunningService service) {
			super(service);
			this.environment = new KintoEnvironment(service.env());
			this.sslBundle = getSslBundle(service);
			this.url = ((this.sslBundle != null) ? "https" : "http") + "://" + service.host() + ":"
					+ service.ports().get(this.environment.getPort()) + path(service);
		}

		private static String path(RunningService service) {
			String path = service.labels().getOrDefault(PATH_LABEL, DEFAULT_PATH);
			return path.startsWith("/") ? path : "/" + path;
		}

		@Override
		public String getUrl() {
			return this.url;
		}

		@Override
		public @Nullable String getUsername() {
			return this.environment.getUsername();
		}

		@Override
		public @Nullable String getPassword() {
			return this.environment.getPassword();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.sslBundle;
		}

	}

}
