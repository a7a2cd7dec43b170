package io.kintospring.embedded.request;

import java.util.Set;

/**
 * Body of a patch request.
 */
public interface PatchBody {

	/**
	 * Read a patch. The content type of the request determines the format.
	 * @param request the request
	 * @param body the body of the request
	 * @param known the names of the permissions that the object can have
	 * @param maxBytes the maximum size of the patched object
	 * @param validation collects the errors
	 * @return the patch
	 */
	static PatchBody read(KintoRequest request, Body body, Set<String> known, int maxBytes, Validation validation) {
		if (Negotiation.isJsonPatch(request)) {
			return JsonPatchBody.read(request, body, maxBytes, validation);
		}
		Envelope envelope = Envelope.read(body, known, validation);
		return Negotiation.isMergePatch(request) ? new MergePatchBody(envelope, known)
				: new AttributesPatchBody(envelope);
	}

	/**
	 * Apply the patch to an object.
	 * @param existing the existing object, which does not change
	 * @return the result
	 * @throws KintoError if the patch cannot be applied
	 */
	Patch applyTo(KintoObject existing);

}
