package io.kintospring.benchmarks.context;

import org.springframework.boot.SpringBootConfiguration;

/**
 * Application without any beans.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
class TestApplication {

}
