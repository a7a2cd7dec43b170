package io.kintospring.docs;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;

import io.kintospring.template.KintoTemplate;
import io.netty.resolver.NoopAddressResolverGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WebClientProxyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("kinto.url=http://kinto.example.com/v1");

	@Test
	void requestsGoThroughTheProxy() {
		try (LoopbackServer server = LoopbackServer.ofHello();
				LoopbackTunnel proxy = LoopbackTunnel.proxyTo(server.url())) {
			this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
				.withPropertyValues("proxy.host=127.0.0.1", "proxy.port=" + proxy.port())
				.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			assertThat(proxy.tunnels()).containsExactly("CONNECT kinto.example.com:80 HTTP/1.1");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void proxyOfTheJdksClientIsUsed() {
		try (LoopbackServer proxy = LoopbackServer.ofHello()) {
			this.contextRunner.withUserConfiguration(JdkProxyConfiguration.class)
				.withPropertyValues("spring.http.clients.reactive.connector=jdk", "proxy.host=127.0.0.1",
						"proxy.port=" + URI.create(proxy.url()).getPort())
				.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			assertThat(proxy.requests()).hasSize(1);
		}
	}

	@Test
	void proxyOfTheSystemPropertiesIsUsed() {
		try (LoopbackServer server = LoopbackServer.ofHello();
				LoopbackTunnel proxy = LoopbackTunnel.proxyTo(server.url())) {
			Map<String, String> properties = Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort",
					String.valueOf(proxy.port()));
			properties.forEach(System::setProperty);
			try {
				this.contextRunner.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			}
			finally {
				properties.keySet().forEach(System::clearProperty);
			}
			assertThat(proxy.tunnels()).containsExactly("CONNECT kinto.example.com:80 HTTP/1.1");
			assertThat(server.requests()).hasSize(1);
		}
	}

	/**
	 * The client of the factory has other connections than Kinto's.
	 */
	@Test
	void httpClientFactoryIsNotUsed() {
		try (LoopbackServer server = LoopbackServer.ofHello();
				LoopbackTunnel proxy = LoopbackTunnel.proxyTo(server.url())) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url() + "/v1")
				.withBean(ReactorClientHttpConnectorBuilder.class,
						() -> ClientHttpConnectorBuilder.reactor()
							.withHttpClientFactory(() -> HttpClient.create()
								.proxy((options) -> options.type(ProxyProvider.Proxy.HTTP)
									.host("127.0.0.1")
									.port(proxy.port()))))
				.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			assertThat(proxy.tunnels()).isEmpty();
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> proxy(
				@Value("${proxy.host}") String host, @Value("${proxy.port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer(
					(client) -> client.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP).host(host).port(port))
						.resolver(NoopAddressResolverGroup.INSTANCE));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JdkProxyConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<JdkClientHttpConnectorBuilder> jdkProxy(
				@Value("${proxy.host}") String host, @Value("${proxy.port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer(
					(client) -> client.proxy(ProxySelector.of(new InetSocketAddress(host, port))));
		}

	}

}
