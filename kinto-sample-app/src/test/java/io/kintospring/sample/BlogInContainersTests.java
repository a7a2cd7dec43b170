package io.kintospring.sample;

import java.time.Instant;

import io.kintospring.KintoObject;
import io.kintospring.boot.testcontainers.KintoContainer;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blog with Kinto and its database in containers. They are skipped without
 * a container engine.
 */
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestcontainersConfiguration.class)
class BlogInContainersTests {

	@Test
	void showsPosts(@Autowired MockMvcTester mvc, @Autowired KintoTemplate kinto, @Autowired KintoContainer container) {
		assertThat(kinto.server()).isEqualTo(container.getUrl());
		CollectionOperations<Post> posts = kinto.bucket().collection(Blog.COLLECTION, Post.class);
		KintoObject<Post> post = posts.create(new Post("In a container", "text", null, Instant.now()));
		assertThat(mvc.get().uri("/posts/" + post.id())).hasStatusOk().bodyText().contains("In a container");
	}

}
