package io.kintospring.embedded.endpoint;

import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;

/**
 * Handler for the requests to a path.
 */
@FunctionalInterface
interface Endpoint {

	/**
	 * Handle a request.
	 * @param call the request
	 * @return the response
	 * @throws KintoError if the response is an error
	 */
	KintoResponse handle(Call call);

}
