package io.kintospring.benchmarks.startup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The small web application with a {@link WebClient}, which it does not use.
 */
@Configuration(proxyBeanMethods = false)
@Import(PlainApplication.class)
public class WebClientApplication {

	/**
	 * Start the application.
	 * @param args properties
	 */
	public static void main(String[] args) {
		PlainApplication.start(WebClientApplication.class, args);
	}

	@Bean
	WebClient webClient(WebClient.Builder builder) {
		return builder.build();
	}

}
