package io.kintospring.boot.aot;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Application that defines no beans.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {

	static void main(String[] arguments) {
		Report.run(PlainApplication.class, arguments);
	}

}
