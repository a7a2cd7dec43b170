package io.kintospring.boot.aot;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application that defines no beans of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {

	static void main(String[] arguments) {
		Report.run(PlainApplication.class, arguments);
	}

}
