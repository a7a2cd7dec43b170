package io.kintospring;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * One problem of a request.
 *
 * @param location {@code body}, {@code path}, {@code querystring} or {@code header};
 * {@code null} if the server does not report it
 * @param name the name of the field, or {@code null} if the server does not report it.
 * Kinto names an element of a list by its index, and a part of a schema by its JSON; both
 * are returned as text.
 * @param description the description of the problem, or {@code null} if the server does
 * not report it
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/errors.html">Kinto's
 * error responses</a>
 */
public record KintoErrorDetail(@Nullable String location, @Nullable String name,
		@Nullable String description) implements Serializable {
}
