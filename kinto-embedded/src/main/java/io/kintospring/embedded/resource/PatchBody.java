package io.kintospring.embedded.resource;

/**
 * What a client sends to change an object in part.
 */
interface PatchBody {

	/**
	 * Reads a patch in one of the formats, which is told by the type of the body.
	 * @param request the request
	 * @param body its body
	 * @param resource what is patched
	 * @param validation what to tell if the body is not right
	 * @return the patch
	 */
	static PatchBody read(KintoRequest request, Body body, Resource resource, Validation validation) {
		if (Negotiation.isJsonPatch(request)) {
			return JsonPatchBody.read(request, body, validation);
		}
		Envelope envelope = Envelope.read(body, resource, validation);
		return Negotiation.isMergePatch(request) ? new MergePatchBody(envelope, resource)
				: new AttributesPatchBody(envelope);
	}

	/**
	 * Changes an object.
	 * @param existing the object, stays as it is
	 * @return the change
	 * @throws KintoError if the object can't be changed in this way
	 */
	Patch applyTo(KintoObject existing);

}
