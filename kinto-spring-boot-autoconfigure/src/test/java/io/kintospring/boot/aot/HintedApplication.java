package io.kintospring.boot.aot;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoTimestamp;
import io.kintospring.template.KintoTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Web application that registers hints for the type of its records, as each native
 * application must.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RegisterReflectionForBinding({ HintedApplication.Note.class, HintedApplication.Picture.class })
class HintedApplication {

	/**
	 * Data of a record.
	 *
	 * @param text the text
	 * @param stars the number of stars
	 */
	record Note(String text, int stars) {

	}

	/**
	 * Data of a record with a file.
	 *
	 * @param attachment the file
	 * @param reviewed the version that was reviewed
	 */
	record Picture(@Nullable KintoAttachment attachment, KintoTimestamp reviewed) {

	}

	@RestController
	static class NoteController {

		private final KintoTemplate kinto;

		NoteController(KintoTemplate kinto) {
			this.kinto = kinto;
		}

		@GetMapping("/notes/{id}")
		Note note(@PathVariable String id) {
			return this.kinto.bucket("main").collection("notes", Note.class).get(id).data();
		}

	}

}
