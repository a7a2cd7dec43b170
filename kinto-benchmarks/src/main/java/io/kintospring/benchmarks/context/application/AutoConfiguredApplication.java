package io.kintospring.benchmarks.context.application;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application with auto-configuration, and without any beans of its own. It has its own
 * package, because tests that name no application search their package for one.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class AutoConfiguredApplication {

}
