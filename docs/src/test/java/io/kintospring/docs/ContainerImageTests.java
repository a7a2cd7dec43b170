package io.kintospring.docs;

import io.kintospring.boot.testcontainers.KintoContainer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about tests names the image that {@link KintoContainer} uses.
 */
class ContainerImageTests {

	private static final Page TESTING = Page.of(Page.ROOT.resolve("docs/testing.md"));

	@Test
	void composeFileUsesTheDefaultImage() {
		assertThat(TESTING.code("yaml")).singleElement()
			.asString()
			.contains("image: " + KintoContainer.IMAGE + ":" + KintoContainer.DEFAULT_TAG);
	}

}
