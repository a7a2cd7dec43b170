package io.kintospring.docs;

import org.springframework.boot.SpringBootConfiguration;

/**
 * Application for tests that define none.
 */
@SpringBootConfiguration
class DocsApplication {

}
