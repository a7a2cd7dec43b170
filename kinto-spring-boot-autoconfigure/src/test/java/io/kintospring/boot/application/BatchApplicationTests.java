package io.kintospring.boot.application;

import java.util.regex.Pattern;

import io.kintospring.boot.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application without a web server.
 */
@Timeout(120)
class BatchApplicationTests {

	private static final Pattern WEB = Pattern.compile(
			"spring-(boot-)?(webmvc|webflux-test|tomcat|reactor-netty)|spring-boot-webflux|tomcat-embed|servlet-api");

	@Test
	void applicationEndsWhenItsWorkIsDone() throws Exception {
		ForkedJvm application = ForkedJvm.run(BatchApplication.class, (entry) -> !WEB.matcher(entry).find());
		assertThat(application.exitCode()).as(application.output()).isZero();
		assertThat(application.output()).contains("title=Blocking", "title=Reactive")
			.contains("type=class org.springframework.context.annotation.AnnotationConfigApplicationContext");
	}

}
