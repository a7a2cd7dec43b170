package io.kintospring.boot.autoconfigure.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.FailureHandler.Outcome;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Application that Spring Boot's developer tools restart. It fails to start once, and is
 * configured differently in the end. All state but that of the server is in system
 * properties, because the class is loaded again for each start.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RestartedApplication {

	private static final String STARTS = "test.starts";

	public static void main(String[] arguments) throws IOException {
		String loader = RestartedApplication.class.getClassLoader().getClass().getSimpleName();
		// the developer tools run the first start twice, the first time without effect
		int start = Integer.getInteger(STARTS, 0) + (loader.equals("RestartClassLoader") ? 1 : 0);
		System.setProperty(STARTS, String.valueOf(start));
		SpringApplication application = new SpringApplication(RestartedApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		ConfigurableApplicationContext context = application.run(arguments);
		KintoTemplate kinto = context.getBean(KintoTemplate.class);
		kinto.buckets().createIfAbsent("start-" + start);
		System.out.printf("start=%d url=%s buckets=%d%n", start, kinto.server(), kinto.buckets().list().data().size());
		switch (start) {
			case 1 -> Restarter.getInstance().restart((failure) -> Outcome.RETRY);
			case 3 -> {
				System.setProperty("kinto.embedded.settings.paginate-by", "7");
				Restarter.getInstance().restart();
			}
			default -> {
				EmbeddedKintoServer server = context.getBean(EmbeddedKintoServer.class);
				context.close();
				System.out.println("running=" + isRunning(URI.create(server.url())));
			}
		}
	}

	private static boolean isRunning(URI url) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Bean
	InitializingBean failure(EmbeddedKintoServer server) {
		return () -> {
			if (Integer.getInteger(STARTS) == 2) {
				throw new IllegalStateException("The second start of " + server + " fails");
			}
		};
	}

}
