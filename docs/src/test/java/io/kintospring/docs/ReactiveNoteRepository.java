package io.kintospring.docs;

import io.kintospring.KintoException;
import io.kintospring.KintoObject;
import io.kintospring.boot.error.KintoPersistenceExceptionTranslator;
import io.kintospring.docs.Notes.Note;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Repository;

@Repository
class ReactiveNoteRepository {

	private final ReactiveCollectionOperations<Note> notes;

	private final KintoPersistenceExceptionTranslator translator;

	ReactiveNoteRepository(ReactiveKintoTemplate kinto, KintoPersistenceExceptionTranslator translator) {
		this.notes = kinto.bucket().collection("notes", Note.class);
		this.translator = translator;
	}

	Mono<Note> find(String id) {
		return this.notes.get(id).map(KintoObject::data).onErrorMap(KintoException.class, this.translator::translate);
	}

}
