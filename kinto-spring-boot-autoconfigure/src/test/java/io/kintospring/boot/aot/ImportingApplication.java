package io.kintospring.boot.aot;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Application that reports a property, and whether it watches imported configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ImportingApplication {

	static void main(String[] arguments) {
		Report.run(ImportingApplication.class, arguments,
				(context) -> "imported=" + context.getEnvironment().getProperty("imported") + ", watch="
						+ context.containsBean("kintoConfigWatch"));
	}

}
