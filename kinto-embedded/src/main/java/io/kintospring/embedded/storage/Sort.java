package io.kintospring.embedded.storage;

/**
 * A field that a list is sorted by.
 *
 * @param field the path of the field
 * @param descending whether the greatest value comes first
 */
public record Sort(String field, boolean descending) {

}
