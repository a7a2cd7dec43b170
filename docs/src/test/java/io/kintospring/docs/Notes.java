package io.kintospring.docs;

import java.util.List;

import io.kintospring.KintoObject;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

import org.springframework.stereotype.Service;

@Service
class Notes {

	private final CollectionOperations<Note> notes;

	Notes(KintoTemplate kinto) {
		this.notes = kinto.bucket().collection("notes", Note.class);
	}

	KintoObject<Note> add(String text) {
		return this.notes.create(new Note(text));
	}

	KintoObject<Note> change(KintoObject<Note> read, String text) {
		// fails if the note was changed since it was read
		return this.notes.update(read.withData(new Note(text)));
	}

	List<KintoObject<Note>> latest() {
		return this.notes.list((query) -> query.sort("-last_modified").limit(20)).data();
	}

	record Note(String text) {
	}

}
