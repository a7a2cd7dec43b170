package io.kintospring.docs;

import io.kintospring.docs.Notes.Note;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

import org.springframework.stereotype.Repository;

@Repository
class NoteRepository {

	private final CollectionOperations<Note> notes;

	NoteRepository(KintoTemplate kinto) {
		this.notes = kinto.bucket().collection("notes", Note.class);
	}

	Note get(String id) {
		// throws an EmptyResultDataAccessException if the note does not exist
		return this.notes.get(id).data();
	}

}
