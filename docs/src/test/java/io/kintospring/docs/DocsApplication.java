package io.kintospring.docs;

import org.springframework.boot.SpringBootConfiguration;

/**
 * The application of the tests that have no other.
 */
@SpringBootConfiguration
class DocsApplication {

}
