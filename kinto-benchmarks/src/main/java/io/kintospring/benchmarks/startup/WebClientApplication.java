package io.kintospring.benchmarks.startup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Small web application with an unused {@link WebClient}.
 */
@Configuration(proxyBeanMethods = false)
@Import(PlainApplication.class)
public class WebClientApplication {

	/**
	 * Start the application.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		PlainApplication.start(WebClientApplication.class, args);
	}

	@Bean
	WebClient webClient(WebClient.Builder builder) {
		return builder.build();
	}

}
