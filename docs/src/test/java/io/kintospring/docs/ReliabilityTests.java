package io.kintospring.docs;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.client.KintoClient;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The code of the page about reliability does what the page says.
 */
@KintoTest
class ReliabilityTests {

	@Autowired
	private KintoTemplate kinto;

	@Autowired
	private EmbeddedKintoServer server;

	private CollectionOperations<Post> posts;

	@BeforeEach
	void create() {
		this.kinto.buckets().create("blog");
		this.kinto.bucket("blog").collections().create("posts");
		this.posts = this.kinto.bucket("blog").collection("posts", Post.class);
		this.posts.create("a", new Post("A", 0));
	}

	@Test
	void retriesOfOneOperation() {
		CollectionOperations<Post> posts = this.posts;
		Post draft = new Post("Draft", 0);
		KintoObject<Post> read = posts.get("a", (r) -> r.retry(KintoRetry.none()));
		KintoObject<Post> created = posts.create(draft, (w) -> w.retry(KintoRetry.defaults().maxRetries(5)));
		assertThat(List.of(read.data().title(), created.data().title())).containsExactly("A", "Draft");
		this.server.faults().fail(1, (faulty) -> faulty.path(".*/records/a"), 503, Duration.ofSeconds(1));
		assertThatExceptionOfType(KintoUnavailableException.class)
			.isThrownBy(() -> posts.get("a", (r) -> r.retry(KintoRetry.none())));
		this.server.faults().fail(1, (faulty) -> faulty.path(".*/records/a"), 503, Duration.ofSeconds(1));
		assertThat(posts.get("a").data().title()).isEqualTo("A");
	}

	@Test
	void exceptionsSayWhatIsKnown() {
		assertThat(publish(new Post("B", 0))).startsWith("published as ");
		this.server.faults().fail(1, (faulty) -> faulty.path(".*/records/.*"), 503, Duration.ofHours(1));
		assertThat(publish(new Post("C", 0))).isEqualTo("rejected, try again after PT1H");
		this.server.faults().dropConnection(4, (faulty) -> faulty.path(".*/records/.*"));
		assertThat(publish(new Post("D", 0))).isEqualTo("perhaps published");
	}

	/**
	 * The page shows the defaults.
	 */
	@Test
	void propertiesAreTheDefaults(@Autowired KintoClient client) {
		assertThat(client.state().retry()).isEqualTo(KintoRetry.defaults());
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(Page.named("reliability.md").properties("kinto.retry.max-retries"))
			.run((context) -> assertThat(context.getBean(KintoClient.class).state()).usingRecursiveComparison()
				.comparingOnlyFields("retry", "timeout", "callTimeout", "backoffMode")
				.isEqualTo(client.state()));
	}

	String publish(Post post) {
		try {
			return "published as " + this.posts.create(post).id();
		}
		catch (KintoNotSentException ex) {
			return "not published, safe to try again";
		}
		catch (KintoTransportException ex) {
			return "perhaps published";
		}
		catch (KintoUnavailableException ex) {
			return (ex.retryAfter() != null) ? "rejected, try again after " + ex.retryAfter() : "perhaps published";
		}
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

	record Post(String title, int stars) {
	}

}
