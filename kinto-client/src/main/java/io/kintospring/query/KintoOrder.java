package io.kintospring.query;

/**
 * Field to sort by, and the direction.
 *
 * @param field the field
 * @param descending whether the greatest value comes first
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/sorting.html">Kinto's
 * sorting</a>
 */
public record KintoOrder(KintoField field, boolean descending) {

	/**
	 * Sort by a field, in ascending order.
	 * @param field the name of the field in JSON, such as {@code author} or
	 * {@code author.name}
	 * @return the order
	 * @throws IllegalArgumentException if the name is blank
	 */
	public static KintoOrder asc(String field) {
		return new KintoOrder(KintoField.of(field), false);
	}

	/**
	 * Sort by a field, in ascending order.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}
	 * @return the order
	 * @throws IllegalArgumentException if it is not a method reference
	 */
	public static <T> KintoOrder asc(PropertyReference<T> property) {
		return new KintoOrder(KintoField.of(property), false);
	}

	/**
	 * Sort by a field, in descending order.
	 * @param field the name of the field in JSON, such as {@code author} or
	 * {@code author.name}
	 * @return the order
	 * @throws IllegalArgumentException if the name is blank
	 */
	public static KintoOrder desc(String field) {
		return new KintoOrder(KintoField.of(field), true);
	}

	/**
	 * Sort by a field, in descending order.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}
	 * @return the order
	 * @throws IllegalArgumentException if it is not a method reference
	 */
	public static <T> KintoOrder desc(PropertyReference<T> property) {
		return new KintoOrder(KintoField.of(property), true);
	}

}
