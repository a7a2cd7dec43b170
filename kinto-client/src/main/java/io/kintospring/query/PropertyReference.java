package io.kintospring.query;

import java.io.Serializable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A reference to a property of the type of data, such as {@code Post::author}, whose name
 * in JSON Jackson knows.
 *
 * @param <T> the type of the data
 */
@FunctionalInterface
public interface PropertyReference<T> extends Function<T, @Nullable Object>, Serializable {

}
