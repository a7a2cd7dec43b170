package io.kintospring.server;

import java.util.Map;

/**
 * A plugin that a server has.
 *
 * @param description what it is for
 * @param url where its documentation is
 * @param attributes all that the server tells of it, by name
 */
public record KintoCapability(String description, String url, Map<String, Object> attributes) {
}
