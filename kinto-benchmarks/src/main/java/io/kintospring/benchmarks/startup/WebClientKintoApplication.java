package io.kintospring.benchmarks.startup;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Small web application with a {@code WebClient} and a handle of a collection.
 */
@Configuration(proxyBeanMethods = false)
@Import({ WebClientApplication.class, KintoApplication.Articles.class })
public class WebClientKintoApplication {

	/**
	 * Start the application.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		PlainApplication.start(WebClientKintoApplication.class, args);
	}

}
