package io.kintospring.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the links within the project. Links to other sites are not followed, because
 * tests use no network.
 */
class LinkTests {

	static Stream<Page> pages() {
		return Page.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(Page page) {
		assertThat(page.links()).filteredOn((link) -> !link.contains("://")).allSatisfy((link) -> {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
			assertThat(target).as(link).matches(Files::exists, "exists");
			if (parts.length == 2) {
				assertThat(Page.of(target).anchors()).as(link).contains(parts[1]);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksToOtherPlacesAreEncryptedOrLocal(Page page) {
		assertThat(page.links()).filteredOn((link) -> link.contains("://"))
			.allMatch((link) -> link.startsWith("https://") || link.startsWith("http://localhost"));
	}

}
