package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kintospring.embedded.storage.ListUri;

/**
 * Pending changes of one request.
 * <p>
 * As in Kinto, the listener receives the changes after the request or batch is complete.
 * Changes of the same list and kind form one event, in the order of their first change.
 */
public final class Changes {

	private final Map<Kind, List<ResourceChanged>> pending = new LinkedHashMap<>();

	private final Consumer<List<ResourceChanged>> listener;

	/**
	 * Create an empty list of changes.
	 * @param listener receives the changes of the same list and kind
	 */
	public Changes(Consumer<List<ResourceChanged>> listener) {
		this.listener = listener;
	}

	void add(ResourceChanged change) {
		this.pending.computeIfAbsent(new Kind(change.uri().list(), change.action()), (kind) -> new ArrayList<>())
			.add(change);
	}

	/**
	 * Publish all changes to the listener.
	 */
	public void publish() {
		List<List<ResourceChanged>> all = List.copyOf(this.pending.values());
		this.pending.clear();
		all.forEach(this.listener);
	}

	/**
	 * Discard all pending changes.
	 */
	public void discard() {
		this.pending.clear();
	}

	private record Kind(ListUri list, Action action) {

	}

}
