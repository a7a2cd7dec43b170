package io.kintospring.sample;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Data of a post. The id and the version are in the surrounding {@code KintoObject}.
 *
 * @param title the title
 * @param text the plain text
 * @param author the name of the author, or {@code null}
 * @param published the time of publication, by which posts are sorted. An edit changes
 * the version of a post, but not its position. The time is stored in milliseconds, which
 * Kinto can compare.
 */
record Post(String title, String text, @Nullable String author, @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT,
		without = Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS) Instant published) {
}
