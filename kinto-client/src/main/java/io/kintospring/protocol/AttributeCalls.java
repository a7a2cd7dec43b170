package io.kintospring.protocol;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the attributes of one bucket or collection.
 */
public final class AttributeCalls {

	private final ContainerCalls objects;

	private final String id;

	AttributeCalls(ContainerCalls objects, String id) {
		this.objects = objects;
		this.id = id;
	}

	/**
	 * Read the attributes.
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> get(KintoReadOptions.Customizer... options) {
		return this.objects.get(this.id, options);
	}

	/**
	 * Replace the attributes that were read: {@code PUT} with {@code If-Match}.
	 * @param object the object that was read, with the new attributes
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> update(KintoObject<? extends Map<String, Object>> object,
			KintoWriteOptions.Customizer... options) {
		return this.objects.update(this.id, object, KintoWriteOptions.of(options));
	}

	/**
	 * Apply a function to the attributes: {@code GET}, then {@code PUT} with
	 * {@code If-Match}. After a conflict, the function is applied to the new attributes,
	 * in up to 10 attempts.
	 * @param change returns the new attributes
	 * @param options options of this call
	 * @return the flow
	 */
	public KintoFlow<KintoObject<Map<String, Object>>> update(UnaryOperator<Map<String, Object>> change,
			KintoWriteOptions.Customizer... options) {
		return this.objects.update(this.id, change, options);
	}

	/**
	 * Replace the attributes, whatever their version: {@code PUT}.
	 * @param attributes the new attributes
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> replace(Map<String, ? extends @Nullable Object> attributes,
			KintoWriteOptions.Customizer... options) {
		return this.objects.replace(this.id, attributes, KintoWriteOptions.of(options));
	}

	/**
	 * Change some attributes: {@code PATCH}.
	 * @param changes the attributes to change
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> patch(Map<String, ?> changes,
			KintoWriteOptions.Customizer... options) {
		return this.objects.patch(this.id, changes, options);
	}

	/**
	 * Merge changes into the attributes with a JSON Merge Patch (RFC 7396).
	 * @param changes the attributes to change; {@code null} removes an attribute
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> mergePatch(Map<String, ?> changes,
			KintoWriteOptions.Customizer... options) {
		return this.objects.mergePatch(this.id, changes, options);
	}

	/**
	 * Apply a JSON Patch (RFC 6902) to the attributes.
	 * @param patch a function that adds operations to an empty patch
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> jsonPatch(UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		return this.objects.jsonPatch(this.id, patch, options);
	}

}
