package io.kintospring.query;

import org.jspecify.annotations.Nullable;

/**
 * A field of an object's data, by its name in JSON or by the property of a class.
 *
 * @param type the class whose property it is, or {@code null} if the name is that in JSON
 * @param name the name in JSON, with dots before nested fields; or that of the class's
 * method
 */
public record KintoField(@Nullable Class<?> type, String name) {

	/**
	 * Name a field as it is in JSON.
	 * @param name the name, with dots before nested fields
	 * @return the field
	 * @throws IllegalArgumentException if the name is blank
	 */
	public static KintoField of(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A field needs a name");
		}
		return new KintoField(null, name);
	}

	/**
	 * Name a field by a property.
	 * @param <T> the type of the data
	 * @param property a reference to a method, such as {@code Post::author}, or to a
	 * property of Kotlin
	 * @return the field
	 * @throws IllegalArgumentException if it is a lambda expression, which has no name
	 */
	public static <T> KintoField of(PropertyReference<T> property) {
		return PropertyReferenceResolver.resolve(property, KintoField::new);
	}

}
