package io.kintospring.embedded.storage;

/**
 * Field and direction of a sort order.
 *
 * @param field the path of the field
 * @param descending whether the greatest value comes first
 */
public record Sort(String field, boolean descending) {

}
