package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kintospring.embedded.storage.ListUri;

/**
 * The changes of one request. As in Kinto, nobody is told of them before all of the
 * request is answered, be it a batch, and those that are of the same list and the same
 * kind are told together, where the first of them was made.
 */
final class Changes {

	private final Map<Kind, List<ResourceChanged>> pending = new LinkedHashMap<>();

	private final Consumer<List<ResourceChanged>> listener;

	/**
	 * Creates an empty one.
	 * @param listener who is told of changes of the same list and the same kind
	 */
	Changes(Consumer<List<ResourceChanged>> listener) {
		this.listener = listener;
	}

	void add(ResourceChanged change) {
		this.pending.computeIfAbsent(new Kind(change.uri().list(), change.action()), (kind) -> new ArrayList<>())
			.add(change);
	}

	/**
	 * Tells of all changes.
	 */
	void publish() {
		List<List<ResourceChanged>> all = List.copyOf(this.pending.values());
		this.pending.clear();
		all.forEach(this.listener);
	}

	/**
	 * Forgets the changes that were not told.
	 */
	void discard() {
		this.pending.clear();
	}

	private record Kind(ListUri list, Action action) {

	}

}
