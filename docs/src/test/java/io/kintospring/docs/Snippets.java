package io.kintospring.docs;

import java.time.Instant;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.boot.event.KintoBackoffEvent;
import io.kintospring.boot.testcontainers.KintoContainer;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Code of the documentation that only compiles.
 */
class Snippets {

	private final Scheduler scheduler;

	Snippets(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Bean
	KintoAuthentication kintoAuthentication(TokenService tokens) {
		return () -> tokens.current().map((token) -> "Bearer " + token);
	}

	@EventListener
	void onBackoff(KintoBackoffEvent event) {
		this.scheduler.pauseUntil(event.releaseTime());
	}

	static KintoObject<Post> create(KintoTemplate kinto, Post post) {
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		KintoObject<Post> saved = posts.create(post, (w) -> w.permissions((p) -> p.read("system.Everyone")));
		return saved;
	}

	static void edit(CollectionOperations<Post> posts, Post edited) {
		KintoObject<Post> post = posts.get("a");
		try {
			posts.update(post.withData(edited));
		}
		catch (KintoConflictException conflict) {
			// empty if it was deleted meanwhile
			KintoObject<Post> theirs = conflict.existing(Post.class).orElseThrow();
			posts.update(theirs.withData(merge(theirs.data(), edited)));
		}
	}

	static void container(GenericContainer<?> postgres) {
		KintoContainer kinto = new KintoContainer("kinto/kinto-server:26.3.1").withUsername("ann")
			.withPassword("secret")
			.withAccount("bob", "secret")
			.withPlugins("kinto_attachment")
			.withSetting("kinto.attachment.base_path", "/tmp")
			.withPostgres(postgres);
		kinto.start();
	}

	static class AuditTests {

		@Container
		static final KintoContainer auditContainer = new KintoContainer();

		@DynamicPropertySource
		static void auditProperties(DynamicPropertyRegistry properties) {
			properties.add("kinto.clients.audit.url", auditContainer::getUrl);
			properties.add("kinto.clients.audit.username", auditContainer::getUsername);
			properties.add("kinto.clients.audit.password", auditContainer::getPassword);
		}

	}

	private static Post merge(Post theirs, Post edited) {
		return new Post(theirs.title() + edited.title());
	}

	static final class TestApplication {

		public static void main(String[] args) {
			SpringApplication.from(Application::main).with(TestcontainersConfiguration.class).run(args);
		}

	}

	static final class Application {

		static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

	record Post(String title) {
	}

	interface Scheduler {

		void pauseUntil(Instant time);

	}

	interface TokenService {

		Mono<String> current();

	}

}
