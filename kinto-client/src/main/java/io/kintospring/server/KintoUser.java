package io.kintospring.server;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who the server takes the caller for.
 *
 * @param id the user id, such as {@code account:alice}
 * @param principals the user id and what else permissions can name the user by
 * @param bucket the id of the user's default bucket, or {@code null} where the server has
 * none
 */
public record KintoUser(String id, Set<String> principals, @Nullable String bucket) {
}
