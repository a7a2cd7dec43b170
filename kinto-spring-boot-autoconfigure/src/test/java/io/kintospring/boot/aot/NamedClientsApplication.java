package io.kintospring.boot.aot;

import java.util.List;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Application that injects the primary template, that of a named client, and one that it
 * defines.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class NamedClientsApplication {

	static void main(String[] arguments) {
		Report.run(NamedClientsApplication.class, arguments);
	}

	@Bean(defaultCandidate = false)
	@Qualifier("archive")
	KintoTemplate archive(KintoTemplate kinto) {
		return kinto.mutate().url("http://localhost:3/v1").build();
	}

	@Bean(defaultCandidate = false)
	@Qualifier("own")
	KintoConnectionDetails ownConnectionDetails() {
		return () -> "http://localhost:4/v1";
	}

	@Bean
	Report.Injected injected(KintoTemplate kinto, @Qualifier("audit") ReactiveKintoTemplate audit,
			@Qualifier("archive") KintoTemplate archive) {
		return new Report.Injected(List.of(kinto.server(), audit.server(), archive.server()));
	}

}
