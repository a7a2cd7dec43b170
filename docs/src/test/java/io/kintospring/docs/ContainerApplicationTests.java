package io.kintospring.docs;

import io.kintospring.boot.testcontainers.KintoContainer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@EnableAutoConfiguration
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest
@Import(TestcontainersConfiguration.class)
class ContainerApplicationTests {

	@Test
	void usesTheContainers(@Autowired KintoTemplate kinto, @Autowired KintoContainer container) {
		assertThat(kinto.server()).isEqualTo(container.getUrl());
		assertThat(kinto.fetchUser()).isPresent();
	}

}
