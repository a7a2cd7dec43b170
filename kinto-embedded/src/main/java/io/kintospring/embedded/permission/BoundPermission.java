package io.kintospring.embedded.permission;

import io.kintospring.embedded.storage.ObjectUri;

/**
 * A permission on an object.
 *
 * @param object where the object is
 * @param permission the name of the permission
 */
public record BoundPermission(ObjectUri object, String permission) {

}
