package io.kintospring.embedded.request;

import java.util.function.Consumer;

/**
 * Request that waits for its response.
 *
 * @param request the request
 * @param response receives the response
 */
public record PendingRequest(KintoRequest request, Consumer<KintoResponse> response) {

}
