package io.kintospring.boot.aot;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoTemplate;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Application that defines a blocking template.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class })
class OwnTemplateApplication {

	static void main(String[] arguments) {
		Report.run(OwnTemplateApplication.class, arguments);
	}

	@Bean
	KintoTemplate ownTemplate() {
		return new KintoTemplate(KintoClient.builder((request) -> Mono.never()).build(), KintoCalls.defaults());
	}

}
