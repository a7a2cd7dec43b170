package io.kintospring.benchmarks.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Small web application that stops as soon as it is ready.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainApplication {

	/** Output of the application when it is ready. */
	public static final String READY = "ready";

	/**
	 * Start the application.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		start(PlainApplication.class, args);
	}

	static void start(Class<?> application, String... args) {
		SpringApplication.run(application, args);
		System.out.println(READY);
		System.exit(0);
	}

	@RestController
	static class Greeting {

		@GetMapping("/")
		String greet() {
			return "Hello";
		}

	}

}
