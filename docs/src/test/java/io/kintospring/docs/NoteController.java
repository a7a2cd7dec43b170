package io.kintospring.docs;

import io.kintospring.docs.Notes.Note;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NoteController {

	private final CollectionOperations<Note> notes;

	NoteController(KintoTemplate kinto) {
		this.notes = kinto.bucket().collection("notes", Note.class);
	}

	@GetMapping("/notes/{id}")
	Note note(@PathVariable String id) {
		return this.notes.get(id).data();
	}

}
