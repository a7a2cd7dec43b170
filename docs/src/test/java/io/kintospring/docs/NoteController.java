package io.kintospring.docs;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.docs.Notes.Note;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/notes")
class NoteController {

	private final CollectionOperations<Note> notes;

	NoteController(KintoTemplate kinto) {
		this.notes = kinto.bucket().collection("notes", Note.class);
	}

	@GetMapping
	KintoPage<Note> list(@RequestParam(required = false) @Nullable String from) {
		return this.notes.list((q) -> q.sort("-last_modified").limit(20).from(from));
	}

	@GetMapping("/{id}")
	ResponseEntity<Note> get(@PathVariable String id,
			@RequestHeader(name = "If-None-Match", required = false) @Nullable KintoTimestamp known) {
		return this.notes.getIfChanged(id, known)
			.map((note) -> respond(ResponseEntity.ok(), note))
			.orElseGet(() -> ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(String.valueOf(known)).build());
	}

	@PostMapping
	ResponseEntity<Note> create(@RequestBody Note note, UriComponentsBuilder uri) {
		KintoObject<Note> created = this.notes.create(note);
		return respond(ResponseEntity.created(uri.path("/notes/{id}").build(created.id())), created);
	}

	@PutMapping("/{id}")
	ResponseEntity<Note> update(@PathVariable String id, @RequestHeader("If-Match") KintoTimestamp version,
			@RequestBody Note note) {
		return respond(ResponseEntity.ok(), this.notes.replace(id, note, (w) -> w.lastModified(version)));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String id, @RequestHeader("If-Match") KintoTimestamp version) {
		this.notes.delete(id, (w) -> w.lastModified(version));
	}

	private static ResponseEntity<Note> respond(ResponseEntity.BodyBuilder response, KintoObject<Note> note) {
		return response.eTag(note.lastModified().etag()).body(note.data());
	}

}
