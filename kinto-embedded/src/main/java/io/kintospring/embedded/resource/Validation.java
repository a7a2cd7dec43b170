package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.HttpStatus;

/**
 * Collects what is wrong with a request, so that all of it can be told at once.
 */
final class Validation {

	private final List<ErrorDetail> details = new ArrayList<>();

	void add(ErrorDetail detail) {
		this.details.add(detail);
	}

	/**
	 * Ends the request if anything is wrong with it.
	 * @throws KintoError if anything was added
	 */
	void complete() {
		if (!this.details.isEmpty()) {
			throw KintoError.invalid(HttpStatus.BAD_REQUEST, this.details);
		}
	}

}
