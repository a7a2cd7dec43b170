package io.kintospring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for configuration that is imported from Kinto.
 */
@ConfigurationProperties("kinto.config")
public class KintoConfigProperties implements InitializingBean {

	/**
	 * Maximum duration of one import of configuration, which reads a record or all
	 * records of a collection.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	private final Watch watch = new Watch();

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Watch getWatch() {
		return this.watch;
	}

	@Override
	public void afterPropertiesSet() {
		KintoPropertiesValidator.validate(this);
	}

	/**
	 * Watch configuration.
	 */
	public static class Watch {

		/**
		 * Whether to poll for changes of imported configuration.
		 */
		private boolean enabled;

		/**
		 * Time between two polls for changes.
		 */
		private Duration interval = Duration.ofSeconds(30);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

	}

}
