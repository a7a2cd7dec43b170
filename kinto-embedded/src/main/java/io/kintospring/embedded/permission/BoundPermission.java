package io.kintospring.embedded.permission;

import io.kintospring.embedded.storage.ObjectUri;

/**
 * Permission on an object.
 *
 * @param object the URI of the object
 * @param permission the name of the permission
 */
public record BoundPermission(ObjectUri object, String permission) {

}
