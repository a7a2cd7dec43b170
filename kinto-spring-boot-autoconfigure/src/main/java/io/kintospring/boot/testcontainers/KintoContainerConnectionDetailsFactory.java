package io.kintospring.boot.testcontainers;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * {@link ContainerConnectionDetailsFactory} to create {@link KintoConnectionDetails} from
 * a {@link ServiceConnection @ServiceConnection}-annotated {@link KintoContainer}, or
 * from a {@link GenericContainer} using the {@code "kinto/kinto-server"} image.
 */
class KintoContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, KintoConnectionDetails> {

	KintoContainerConnectionDetailsFactory() {
		super(KintoContainer.IMAGE);
	}

	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> requiredContainerType,
			Class<?> requiredConnectionDetailsType) {
		return super.sourceAccepts(source, requiredContainerType, requiredConnectionDetailsType)
				|| source.accepts(ANY_CONNECTION_NAME, KintoContainer.class, requiredConnectionDetailsType);
	}

	@Override
	protected KintoConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new KintoContainerConnectionDetails(source);
	}

	/**
	 * {@link KintoConnectionDetails} backed by a {@link ContainerConnectionSource}.
	 */
	private static final class KintoContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements KintoConnectionDetails {

		private KintoContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public String getUrl() {
			String scheme = (getSslBundle() != null) ? "https" : "http";
			Container<?> container = getContainer();
			return scheme + "://" + container.getHost() + ":" + container.getMappedPort(KintoContainer.PORT) + "/v1";
		}

		@Override
		public @Nullable String getUsername() {
			return (getContainer() instanceof KintoContainer kinto) ? kinto.getUsername()
					: getContainer().getEnvMap().get("KINTO_USERNAME");
		}

		@Override
		public @Nullable String getPassword() {
			return (getContainer() instanceof KintoContainer kinto) ? kinto.getPassword()
					: getContainer().getEnvMap().get("KINTO_PASSWORD");
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

	}

}
