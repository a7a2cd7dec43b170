package io.kintospring.sample;

import java.time.Instant;
import java.util.Map;

import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blog that the build processes ahead of time, without a {@code kinto.url}.
 */
class AheadOfTimeIT {

	private static final String PROCESSED = "Starting AOT-processed BlogApplication";

	private static final String EMBEDDED = "An embedded Kinto";

	@Test
	void usesAnEmbeddedServerIfNoUrlIsSet() throws Exception {
		try (BlogProcess blog = BlogProcess.start(true, Map.of("KINTO_URL", ""))) {
			assertThat(blog.page()).contains(">UP<", "<dt>authenticated</dt>");
			assertThat(blog.output()).contains(PROCESSED, EMBEDDED);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void usesTheServerOfTheUrl(boolean withEmbeddedServer) throws Exception {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().account("alice", "s3cr3t").start()) {
			KintoTemplate kinto = KintoTemplate.builder(server.url())
				.authentication(KintoAuthentication.basic("alice", "s3cr3t"))
				.build();
			kinto.bucket().collections().create(Blog.COLLECTION);
			kinto.bucket()
				.collection(Blog.COLLECTION, Post.class)
				.create(new Post("Existing post", "text", null, Instant.now()));
			try (BlogProcess blog = BlogProcess.start(withEmbeddedServer,
					Map.of("KINTO_URL", server.url(), "KINTO_USERNAME", "alice", "KINTO_PASSWORD", "s3cr3t"))) {
				assertThat(blog.page()).contains(">UP<", "Existing post");
				assertThat(blog.output()).contains(PROCESSED).doesNotContain(EMBEDDED);
			}
		}
	}

	@Test
	void failsWithAdviceWithoutUrlAndEmbeddedServer() throws Exception {
		try (BlogProcess blog = BlogProcess.start(false, Map.of())) {
			assertThat(blog.exitCode()).isEqualTo(1);
			assertThat(blog.output()).contains(PROCESSED, "APPLICATION FAILED TO START", "kinto.url is not set",
					"Set kinto.url to the root URL of the Kinto API");
			assertThat(blog.output()).doesNotContain("NoClassDefFoundError");
		}
	}

}
