package io.kintospring.docs;

import io.kintospring.boot.test.autoconfigure.KintoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@KintoTest
@Import(Notes.class)
class NotesTests {

	@Test
	void addsTheLatestNoteFirst(@Autowired Notes notes) {
		notes.add("first");
		notes.add("second");
		assertThat(notes.latest()).extracting((note) -> note.data().text()).containsExactly("second", "first");
	}

}
