package io.kintospring.docs;

import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.boot.testcontainers.KintoContainer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@Testcontainers(disabledWithoutDocker = true)
@KintoTest
@Import(Notes.class)
class ContainerNotesTests {

	@Container
	@ServiceConnection
	static final KintoContainer container = new KintoContainer();

	@BeforeEach
	void flush() {
		container.flush();
	}

	@Test
	void usesTheContainer(@Autowired KintoTemplate kinto) {
		assertThat(kinto.server()).isEqualTo(container.getUrl());
	}

	@Test
	void addsTheLatestNoteFirst(@Autowired Notes notes) {
		notes.add("first");
		notes.add("second");
		assertThat(notes.latest()).extracting((note) -> note.data().text()).containsExactly("second", "first");
	}

}
