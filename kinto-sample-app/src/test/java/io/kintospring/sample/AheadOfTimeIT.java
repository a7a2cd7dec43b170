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
 * The blog as the build processes it ahead of time, without a {@code kinto.url}.
 */
class AheadOfTimeIT {

	private static final String PROCESSED = "Starting AOT-processed BlogApplication";

	private static final String EMBEDDED = "An embedded Kinto";

	@Test
	void usesAnEmbeddedServerIfNoUrlIsSet() throws Exception {
		try (BlogProcess blog = BlogProcess.start(true, Map.of("KINTO_URL", ""))) {
			assertThat(blog.page()).contains(">UP<", "basicauth:");
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
				.create(new Post("There already", "text", null, Instant.now()));
			try (BlogProcess blog = BlogProcess.start(withEmbeddedServer,
					Map.of("KINTO_URL", server.url(), "KINTO_USERNAME", "alice", "KINTO_PASSWORD", "s3cr3t"))) {
				assertThat(blog.page()).contains(">UP<", "There already");
				assertThat(blog.output()).contains(PROCESSED).doesNotContain(EMBEDDED);
			}
		}
	}

	@Test
	void saysWhatToDoIfThereIsNeitherUrlNorEmbeddedServer() throws Exception {
		try (BlogProcess blog = BlogProcess.start(false, Map.of())) {
			assertThat(blog.exitCode()).isEqualTo(1);
			assertThat(blog.output()).contains(PROCESSED, "APPLICATION FAILED TO START", "kinto.url is not set",
					"Set kinto.url to the root of the server's API");
			assertThat(blog.output()).doesNotContain("NoClassDefFoundError");
		}
	}

}
