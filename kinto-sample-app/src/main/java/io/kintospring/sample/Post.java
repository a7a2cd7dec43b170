package io.kintospring.sample;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import org.jspecify.annotations.Nullable;

/**
 * A post, as it is stored: the id and the version are Kinto's, and around it.
 *
 * @param title the title
 * @param text plain text
 * @param author who wrote it, if they said so
 * @param published when it was created, which is what posts are sorted by: an edit gives
 * a post a new version, but should not move it. As milliseconds, which Kinto can compare.
 */
record Post(String title, String text, @Nullable String author, @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT,
		without = Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS) Instant published) {
}
