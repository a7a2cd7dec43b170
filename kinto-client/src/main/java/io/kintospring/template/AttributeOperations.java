package io.kintospring.template;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.KintoLock;
import io.kintospring.protocol.AttributeCalls;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the attributes of one bucket or collection, such as the {@code schema} of
 * a collection. Handles are immutable and thread-safe. For a missing bucket, operations
 * fail as described in {@link ContainerOperations}.
 */
public interface AttributeOperations {

	/**
	 * Read the attributes.
	 * @param options options of this operation
	 * @return the bucket or collection
	 */
	default KintoObject<Map<String, Object>> get(KintoReadOptions.Customizer... options) {
		return executor().execute(calls().get(options));
	}

	/**
	 * Replace the attributes that you read, if they have not changed since.
	 * @param object the object that you read, with the new attributes
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoConflictException if the object was changed or deleted since you read
	 * it, unless {@code safe(false)} disables the comparison
	 */
	default KintoObject<Map<String, Object>> update(KintoObject<? extends Map<String, Object>> object,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().update(object, options));
	}

	/**
	 * Read the attributes, apply a function, and replace them with the result. If they
	 * change in between, the function is applied again, in up to 10 attempts. Such
	 * updates of one object run one after the other, in all clients with the same
	 * {@link KintoLock}.
	 * @param change returns the new attributes; it can be called several times
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoNotFoundException if the collection does not exist
	 * @throws KintoConflictException if the object is changed at every attempt
	 * @throws KintoLockException if other updates of the object take too long
	 */
	default KintoObject<Map<String, Object>> update(UnaryOperator<Map<String, Object>> change,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().update(change, options));
	}

	/**
	 * Replace the attributes, whatever the version. An object that does not exist is
	 * created. With {@code safe(true)}, it must not exist.
	 * @param attributes the new attributes, which can be empty. If they have a
	 * {@code last_modified}, the object must still have that version.
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoConflictException if the object does not have the expected version
	 */
	default KintoObject<Map<String, Object>> replace(Map<String, ? extends @Nullable Object> attributes,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().replace(attributes, options));
	}

	/**
	 * Change some attributes and keep the others. A {@code null} is stored, and a nested
	 * object is replaced as a whole.
	 * @param changes the attributes to change
	 * @param options options of this operation
	 * @return the object with its new version
	 */
	default KintoObject<Map<String, Object>> patch(Map<String, ?> changes, KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().patch(changes, options));
	}

	/**
	 * Change some attributes with a JSON Merge Patch (RFC 7396). A {@code null} removes
	 * an attribute, and nested objects are merged.
	 * @param changes the attributes to change
	 * @param options options of this operation
	 * @return the object with its new version
	 */
	default KintoObject<Map<String, Object>> mergePatch(Map<String, ?> changes,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().mergePatch(changes, options));
	}

	/**
	 * Apply a JSON Patch (RFC 6902). Either all operations are applied or none.
	 * @param patch a function that adds operations to an empty patch
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoInvalidRequestException if an operation cannot be applied
	 */
	default KintoObject<Map<String, Object>> jsonPatch(UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().jsonPatch(patch, options));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	AttributeCalls calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	KintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(KintoExecutor executor, AttributeCalls calls) implements AttributeOperations {
	}

}
