package io.kintospring.embedded.resource;

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
