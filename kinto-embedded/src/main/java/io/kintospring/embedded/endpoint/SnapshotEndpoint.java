package io.kintospring.embedded.endpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.kintospring.embedded.permission.BoundPermission;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.resource.BucketResource;
import io.kintospring.embedded.resource.CollectionResource;
import io.kintospring.embedded.resource.HistoryResource;
import io.kintospring.embedded.resource.RecordResource;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Selection;
import io.kintospring.embedded.storage.Sort;
import io.kintospring.embedded.storage.Sorting;
import io.kintospring.embedded.storage.Storage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;

/**
 * Endpoint that reads the records of a collection at a point in time from the history.
 */
final class SnapshotEndpoint {

	private static final Sorting NEWEST_FIRST = new Sorting(List.of(new Sort(Fields.LAST_MODIFIED, true)));

	private final Storage storage;

	private final Permissions permissions;

	SnapshotEndpoint(Storage storage, Permissions permissions) {
		this.storage = storage;
		this.permissions = permissions;
	}

	Service service() {
		return new Service("/buckets/{bucket_id}/snapshot/collections/{collection_id:.+}@{timestamp:.+}")
			.on(HttpMethod.GET, this::get)
			.describedBy(ServiceDescription.of("History_snapshot", HttpMethod.GET, "get_history_snapshot"));
	}

	private KintoResponse get(Call call) {
		ObjectUri bucket = new ListUri(null, BucketResource.NAME)
			.object(call.variables().getOrDefault("bucket_id", ""));
		ObjectUri collection = new ListUri(bucket, CollectionResource.NAME)
			.object(call.variables().getOrDefault("collection_id", ""));
		long timestamp = timestamp(call.variables().getOrDefault("timestamp", ""));
		List<BoundPermission> readable = Stream.of(bucket, collection)
			.flatMap((uri) -> Stream.of(new BoundPermission(uri, "read"), new BoundPermission(uri, "write")))
			.toList();
		if (!this.permissions.granted(call.principals(), readable)) {
			throw KintoError.forbidden(call.principals());
		}
		ObjectNode body = Json.object();
		ArrayNode data = body.putArray(Envelope.DATA);
		records(collection, timestamp).sorted(Comparator.comparingLong(Fields::lastModified).reversed())
			.forEach(data::add);
		return KintoResponse.ok(body);
	}

	private Stream<ObjectNode> records(ObjectUri collection, long timestamp) {
		Map<String, ObjectNode> before = before(collection, timestamp);
		return all(new ListUri(collection, RecordResource.NAME)).map((record) -> {
			if (Fields.lastModified(record) > timestamp) {
				return before.get(Fields.id(record));
			}
			return record.path(Fields.DELETED).asBoolean(false) ? null : record;
		}).filter(Objects::nonNull);
	}

	/**
	 * Return the last version of each record up to a point in time.
	 */
	private Map<String, ObjectNode> before(ObjectUri collection, long timestamp) {
		Map<String, ObjectNode> records = new HashMap<>();
		all(new ListUri(collection.list().parent(), HistoryResource.NAME))
			.filter((entry) -> entry.path("resource_name").asString("").equals(RecordResource.NAME)
					&& entry.path("collection_id").asString("").equals(collection.id()))
			.map((entry) -> (ObjectNode) entry.path("target").path(Envelope.DATA))
			.filter((record) -> Fields.lastModified(record) <= timestamp)
			.forEach((record) -> records.putIfAbsent(Fields.id(record), record));
		return records;
	}

	private Stream<ObjectNode> all(ListUri list) {
		return this.storage.select(list, new Selection(List.of(), NEWEST_FIRST, null, Integer.MAX_VALUE, true))
			.stream();
	}

	private static long timestamp(String text) {
		try {
			return Long.parseUnsignedLong(text);
		}
		catch (NumberFormatException ex) {
			throw KintoError.invalid(new ErrorDetail("path", "timestamp", "Should be an integer, not negative"));
		}
	}

}
