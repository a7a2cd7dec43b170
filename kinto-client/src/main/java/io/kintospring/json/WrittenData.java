package io.kintospring.json;

import org.jspecify.annotations.Nullable;

/**
 * Fields that were removed from data when it was written.
 *
 * @param id the id, or {@code null} if the data has none
 * @param lastModified the version, or {@code null} if the data has none
 */
public record WrittenData(@Nullable String id, @Nullable Long lastModified) {
}
