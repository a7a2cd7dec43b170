package io.kintospring.docs;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The HTTP libraries of an application that adds the starter.
 */
class WebClientLibraryTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("kinto.url=http://127.0.0.1:1/v1");

	@Test
	void webClientUsesReactorNetty() {
		this.contextRunner.run((context) -> assertThat(context.getBean(ClientHttpConnectorBuilder.class))
			.isInstanceOf(ReactorClientHttpConnectorBuilder.class));
	}

	@Test
	void restClientUsesReactorNettyUnlessThePropertySaysAnother() {
		this.contextRunner.withPropertyValues("kinto.url=http://127.0.0.1:1/v1")
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
				.isInstanceOf(ReactorClientHttpRequestFactoryBuilder.class));
		this.contextRunner
			.withPropertyValues(Page.named("webclient.md").properties("spring.http.clients.imperative.factory"))
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
				.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class));
	}

	/**
	 * What an application without the starter has.
	 */
	@Test
	void restClientUsesTheClientOfTheJdkWithoutReactorNetty() {
		new ApplicationContextRunner()
			.withClassLoader(new FilteredClassLoader("reactor.netty", "io.kintospring.client"))
			.withUserConfiguration(Application.class)
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
				.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
