package io.kintospring.sample;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the blog can type. Its fields are those of a {@link Post}, so that it
 * can be sent as a change of one.
 *
 * @param title the title
 * @param text plain text
 * @param author who wrote it, if they say so
 */
record PostForm(
		@NotBlank(message = "A post needs a title") @Size(max = 120,
				message = "A title has at most {max} characters") String title,
		@NotBlank(message = "A post needs some text") @Size(max = 20_000,
				message = "A text has at most {max} characters") String text,
		@Nullable @Size(max = 60, message = "A name has at most {max} characters") String author) {

	static PostForm of(Post post) {
		return new PostForm(post.title(), post.text(), post.author());
	}

}
