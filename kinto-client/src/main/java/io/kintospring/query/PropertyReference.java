package io.kintospring.query;

import java.io.Serializable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Method reference to a property of the data, such as {@code Post::author}. Jackson
 * determines the name of the property in JSON. A lambda expression is not supported,
 * because it has no name.
 *
 * @param <T> the type of the data
 */
@FunctionalInterface
public interface PropertyReference<T> extends Function<T, @Nullable Object>, Serializable {

}
