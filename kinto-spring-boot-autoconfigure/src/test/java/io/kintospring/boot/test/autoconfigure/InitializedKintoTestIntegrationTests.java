package io.kintospring.boot.test.autoconfigure;

import io.kintospring.KintoObject;
import io.kintospring.boot.initialization.KintoDefinition;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

@KintoTest(properties = "kinto.url=https://${NOT_THERE}/v1")
class InitializedKintoTestIntegrationTests {

	@RepeatedTest(2)
	void startsEachTestWithTheDefinedObjects(@Autowired KintoTemplate kinto) {
		assertThat(kinto.buckets().listAll()).extracting(KintoObject::id).containsExactly("blog");
		kinto.buckets().create("other");
	}

	@SpringBootConfiguration
	static class Application {

		@Bean
		KintoDefinition blog() {
			return KintoDefinition.of().bucket("blog", (blog) -> blog);
		}

	}

}
