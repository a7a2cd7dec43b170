package io.kintospring.embedded.resource;

/**
 * Answers the requests of a path.
 */
@FunctionalInterface
interface Endpoint {

	/**
	 * Answers a request.
	 * @param call the request
	 * @return the answer
	 * @throws KintoError if the answer is an error
	 */
	KintoResponse answer(Call call);

}
