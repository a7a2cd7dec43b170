package io.kintospring.boot.test.autoconfigure;

import java.lang.reflect.Method;
import java.nio.file.Path;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests do not empty the data file of the application.
 */
class DataFileIntegrationTests {

	@TempDir
	static Path directory;

	@Nested
	@SpringBootTest(classes = Application.class, properties = "kinto.embedded.data-file=/data/of/the/application.json")
	@AutoConfigureKinto
	class WithTheProperty {

		@Test
		void dataIsInMemory(@Autowired EmbeddedKintoServer server) {
			assertThat(server.dataFile()).isNull();
		}

	}

	@Test
	void ownServerWithADataFileIsRejected() throws Exception {
		TestContextManager manager = new TestContextManager(WithAnOwnServer.class);
		WithAnOwnServer test = new WithAnOwnServer();
		Method method = WithAnOwnServer.class.getDeclaredMethod("test");
		manager.prepareTestInstance(test);
		KintoTemplate kinto = manager.getTestContext().getApplicationContext().getBean(KintoTemplate.class);
		kinto.buckets().create("blog");
		assertThatIllegalStateException().isThrownBy(() -> manager.beforeTestMethod(test, method))
			.withMessageContaining(directory.resolve("kinto.json").toString());
		assertThat(kinto.buckets().list().data()).hasSize(1);
		manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
	}

	@SpringBootTest(classes = OwnServerConfiguration.class)
	@AutoConfigureKinto
	static class WithAnOwnServer {

		void test() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnServerConfiguration {

		@Bean
		EmbeddedKintoServer server() {
			return EmbeddedKintoServer.builder().dataFile(directory.resolve("kinto.json")).start();
		}

	}

}
