package io.kintospring.sample;

import org.springframework.boot.SpringApplication;

/**
 * Blog application for development, with Kinto and its database in containers.
 */
final class TestBlogApplication {

	private TestBlogApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.from(BlogApplication::main).with(TestcontainersConfiguration.class).run(args);
	}

}
