package io.kintospring.query;

import org.jspecify.annotations.Nullable;

/**
 * Field of an object's data, identified by its name in JSON or by a property of a class.
 *
 * @param type the class of the property, or {@code null} if the name is the name in JSON
 * @param name the name in JSON, such as {@code author} or {@code author.name}, or the
 * name of the property's method
 */
public record KintoField(@Nullable Class<?> type, String name) {

	/**
	 * Return the field with a name.
	 * @param name the name in JSON, such as {@code author} or {@code author.name}
	 * @return the field
	 * @throws IllegalArgumentException if the name is blank
	 */
	public static KintoField of(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of a field must not be blank");
		}
		return new KintoField(null, name);
	}

	/**
	 * Return the field of a property. Jackson determines its name in JSON.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}, or a reference to
	 * a Kotlin property
	 * @return the field
	 * @throws IllegalArgumentException if it is not a reference, but for example a lambda
	 * expression
	 */
	public static <T> KintoField of(PropertyReference<T> property) {
		return PropertyReferenceResolver.resolve(property, KintoField::new);
	}

}
