package io.kintospring.boot.aot;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Application that defines connection details.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class })
class OwnConnectionDetailsApplication {

	static void main(String[] arguments) {
		Report.run(OwnConnectionDetailsApplication.class, arguments);
	}

	@Bean
	KintoConnectionDetails ownConnectionDetails() {
		return new OwnConnectionDetails();
	}

	static class OwnConnectionDetails implements KintoConnectionDetails {

		@Override
		public String getUrl() {
			return "http://own.example.com/v1";
		}

	}

}
