package io.kintospring.embedded.storage;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * Content of a list, to save and restore it.
 *
 * @param uri the URI of the list
 * @param timestamp the time of the last change, in milliseconds
 * @param objects the objects, which must not be changed
 * @param tombstones the tombstones of deleted objects, which must not be changed
 */
public record StoredList(ListUri uri, long timestamp, List<ObjectNode> objects, List<ObjectNode> tombstones) {

}
