package io.kintospring.embedded.request;

import java.util.ArrayList;
import java.util.List;

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
			throw KintoError.ofValidation(this.details);
		}
	}

	/**
	 * Complete the validation, and report only the first error, as Kinto does for the
	 * result of a patch.
	 * @throws KintoError if there are errors
	 */
	public void completeWithFirst() {
		if (!this.details.isEmpty()) {
			throw KintoError.invalid(this.details.get(0));
		}
	}

}
