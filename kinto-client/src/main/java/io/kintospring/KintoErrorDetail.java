package io.kintospring;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was wrong with a request.
 *
 * @param location where: {@code body}, {@code path}, {@code querystring} or
 * {@code header}; {@code null} if the server did not say
 * @param name which field, or {@code null} if the server did not say
 * @param description what was wrong with it, or {@code null} if the server did not say
 */
public record KintoErrorDetail(@Nullable String location, @Nullable String name,
		@Nullable String description) implements Serializable {
}
