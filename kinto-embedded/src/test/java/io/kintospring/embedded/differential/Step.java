package io.kintospring.embedded.differential;

import tools.jackson.databind.node.ObjectNode;

/**
 * Request of a sequence, in the format of the recorded scenarios.
 * <p>
 * The request can contain {@code {{nonce}}}, {@code {{user:alice}}}, and values of the
 * responses to earlier steps by their number: {@code {{etag:3}}}, {@code {{new-id:3}}}
 * and {@code {{next-page:3}}}. A step is skipped if an earlier response lacks such a
 * value.
 *
 * @param number the number of the step, which it keeps if other steps are removed
 * @param request the request
 */
record Step(int number, ObjectNode request) {

	static final String NONCE = "{{nonce}}";

	Step with(ObjectNode otherRequest) {
		return new Step(this.number, otherRequest);
	}

}
