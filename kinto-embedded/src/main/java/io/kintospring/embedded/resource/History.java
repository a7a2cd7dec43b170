package io.kintospring.embedded.resource;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Storage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Listener that records every change in the history of its bucket.
 */
public final class History implements Consumer<List<ResourceChanged>> {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

	private final Storage storage;

	private final Permissions permissions;

	private final Clock clock;

	public History(Storage storage, Permissions permissions, Clock clock) {
		this.storage = storage;
		this.permissions = permissions;
		this.clock = clock;
	}

	/**
	 * Record changes of the same list and kind. As in Kinto, the first change determines
	 * the user and the parents of all entries.
	 */
	@Override
	public void accept(List<ResourceChanged> changes) {
		ResourceChanged first = changes.get(0);
		ResourceChanged last = changes.get(changes.size() - 1);
		ObjectUri bucket = (first.named() ? first : last).uri().nearest(BucketResource.NAME);
		if (bucket == null || first.resourceName().equals(HistoryResource.NAME)) {
			return;
		}
		ObjectUri collection = first.named() ? first.uri().nearest(CollectionResource.NAME) : collectionAbove(first);
		for (ResourceChanged change : changes) {
			ObjectUri entry = new ListUri(bucket, HistoryResource.NAME).object(UUID.randomUUID().toString());
			this.storage.put(entry, describe(change, first));
			this.permissions.replace(entry, Map.of("read", readers(change.uri(), bucket, collection)));
		}
	}

	private static @Nullable ObjectUri collectionAbove(ResourceChanged change) {
		ObjectUri parent = change.uri().list().parent();
		return (parent != null) ? parent.nearest(CollectionResource.NAME) : null;
	}

	private ObjectNode describe(ResourceChanged change, ResourceChanged first) {
		ObjectNode entry = Json.object();
		entry.put("date", DATE.format(this.clock.instant().atOffset(ZoneOffset.UTC)));
		entry.set("target", new KintoObject(change.object(), this.permissions.of(change.uri())).toBody());
		entry.put("action", change.action().name().toLowerCase(Locale.ROOT));
		entry.put("uri", change.uri().toString());
		entry.put("user_id", first.principals().userId());
		entry.put("resource_name", change.resourceName());
		ObjectUri collection = change.uri().nearest(CollectionResource.NAME);
		if (collection != null) {
			entry.put("collection_id", collection.id());
		}
		return entry.put(change.resourceName() + "_id", change.uri().id());
	}

	/**
	 * Return the principals that can read a history entry: those that can read an object,
	 * even without a permission on the bucket.
	 */
	private Set<String> readers(@Nullable ObjectUri... objects) {
		Set<String> readers = new LinkedHashSet<>();
		for (ObjectUri object : objects) {
			if (object != null) {
				Map<String, Set<String>> permissions = this.permissions.of(object);
				readers.addAll(permissions.getOrDefault("read", Set.of()));
				readers.addAll(permissions.getOrDefault("write", Set.of()));
			}
		}
		return readers;
	}

}
