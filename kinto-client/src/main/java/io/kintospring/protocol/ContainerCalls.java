package io.kintospring.protocol;

import java.util.Map;

import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoWriteOptions;

/**
 * Calls to buckets or to collections. Their data is a map of attributes, which can be
 * empty.
 */
public final class ContainerCalls extends ObjectCalls<Map<String, Object>> {

	ContainerCalls(ResourceContext parent, ObjectKind kind) {
		super(parent, kind, parent.json().attributes());
	}

	/**
	 * Create an object without attributes: {@code PUT} with {@code If-None-Match: *}.
	 * @param id the id
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> create(String id, KintoWriteOptions.Customizer... options) {
		return create(id, Map.of(), options);
	}

	/**
	 * Create an object without attributes, or return the existing one: {@code POST} on
	 * the list with the id.
	 * @param id the id
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoCreation<Map<String, Object>>> createIfAbsent(String id,
			KintoWriteOptions.Customizer... options) {
		return createIfAbsent(id, Map.of(), options);
	}

}
