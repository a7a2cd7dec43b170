package io.kintospring.docs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.kintospring.boot.event.KintoConfigChangedEvent;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The code of the page about imports does what the page says.
 */
@Timeout(60)
class ConfigImportTests {

	private static final Page PAGE = Page.named("config-import.md");

	private final EmbeddedKintoServer server = EmbeddedKintoServer.start();

	private final KintoTemplate kinto = KintoTemplate.builder(this.server.url())
		.authentication(KintoAuthentication.basic("shop", "secret"))
		.build();

	@BeforeEach
	void create() {
		write(this.kinto);
	}

	@AfterEach
	void close() {
		this.kinto.close();
		this.server.close();
	}

	private static void write(KintoTemplate kinto) {
		kinto.buckets().createIfAbsent("main");
		BucketOperations main = kinto.bucket("main");
		main.collections().createIfAbsent("config");
		main.collection("config")
			.create("shop", Map.of("greeting", "Hello", "mail", Map.of("host", "smtp.example.com")));
	}

	@Test
	void recordIsImported() {
		try (ConfigurableApplicationContext context = run(PAGE.properties("kinto.password"))) {
			assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("Hello from smtp.example.com");
		}
	}

	@Test
	void changeIsPublishedAndPropertiesAreBoundAgain() {
		try (ConfigurableApplicationContext context = run(Stream
			.of(PAGE.properties("kinto.password"), PAGE.properties("kinto.config.watch.interval"),
					new String[] { "kinto.config.watch.interval=20ms" })
			.flatMap(Stream::of)
			.toArray(String[]::new))) {
			this.kinto.bucket("main").collection("config").patch("shop", Map.of("greeting", "Bonjour"));
			ChangingGreeter greeter = context.getBean(ChangingGreeter.class);
			await().until(() -> "Bonjour".equals(greeter.greeting));
			this.kinto.bucket("main")
				.collection("config")
				.patch("shop", Map.of("mail", Map.of("host", "mail.example.com")));
			await().until(() -> "mail.example.com".equals(context.getBean(Mail.class).getHost()));
		}
	}

	/**
	 * Start the application with the properties of the page as arguments. The last of
	 * several values wins.
	 */
	private ConfigurableApplicationContext run(String... properties) {
		Map<String, String> arguments = new TreeMap<>();
		Stream.concat(Stream.of(properties), Stream.of("kinto.url=" + this.server.url(), "SHOP_PASSWORD=secret"))
			.forEach((property) -> arguments.put(property.substring(0, property.indexOf('=')), "--" + property));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(List.copyOf(arguments.values()).toArray(String[]::new));
	}

	@EnableAutoConfiguration
	@EnableConfigurationProperties(Mail.class)
	@Import({ Greeter.class, ChangingGreeter.class })
	static class Application {

	}

	static class ChangingGreeter {

		private final Environment environment;

		private volatile String greeting;

		ChangingGreeter(Environment environment) {
			this.environment = environment;
		}

		@EventListener
		void onChange(KintoConfigChangedEvent event) {
			if (event.keys().contains("greeting")) {
				this.greeting = this.environment.getProperty("greeting");
			}
		}

	}

	@ConfigurationProperties("mail")
	static class Mail {

		private String host;

		public String getHost() {
			return this.host;
		}

		public void setHost(String host) {
			this.host = host;
		}

	}

}
