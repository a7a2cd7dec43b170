package io.kintospring.embedded.request;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.HttpStatus;

/**
 * Collector for the errors of a request, which are reported together.
 */
public final class Validation {

	private final List<ErrorDetail> details = new ArrayList<>();

	public void add(ErrorDetail detail) {
		this.details.add(detail);
	}

	/**
	 * Complete the validation.
	 * @throws KintoError if there are errors
	 */
	public void complete() {
		if (!this.details.isEmpty()) {
			throw KintoError.invalid(HttpStatus.BAD_REQUEST, this.details);
		}
	}

}
