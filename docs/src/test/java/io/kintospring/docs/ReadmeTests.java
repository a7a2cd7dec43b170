package io.kintospring.docs;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.docs.Notes.Note;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The code of the README does what the README says.
 */
@SpringBootTest(classes = ReadmeTests.Application.class)
class ReadmeTests {

	@Test
	void codeDoesWhatItSays(@Autowired Notes notes, @Autowired KintoTemplate kinto) {
		KintoObject<Note> first = notes.add("first");
		KintoObject<Note> second = notes.add("second");
		KintoObject<Note> changed = notes.change(first, "changed");
		assertThat(notes.latest()).extracting((note) -> note.data().text()).containsExactly("changed", "second");
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> notes.change(first, "stale"))
			.satisfies((conflict) -> assertThat(conflict.existing(Note.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(changed.data()));
		assertThat(second.lastModified()).isLessThan(changed.lastModified());
	}

	@EnableAutoConfiguration
	@Import(Notes.class)
	static class Application {

	}

}
