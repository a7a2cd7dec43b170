package io.kintospring.sample;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Form for a post. It has the same field names as a {@link Post}, so it can be sent as a
 * patch.
 *
 * @param title the title
 * @param text the plain text
 * @param author the name of the author, or {@code null}
 */
record PostForm(
		@NotBlank(message = "Please enter a title") @Size(max = 120,
				message = "The title must have at most {max} characters") String title,
		@NotBlank(message = "Please enter some text") @Size(max = 20_000,
				message = "The text must have at most {max} characters") String text,
		@Nullable @Size(max = 60, message = "The name must have at most {max} characters") String author) {

	static PostForm of(Post post) {
		return new PostForm(post.title(), post.text(), post.author());
	}

}
