package io.kintospring.embedded.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Inheritance;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.FilterReader;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.KnownFields;
import io.kintospring.embedded.request.ListQuery;
import io.kintospring.embedded.request.Negotiation;
import io.kintospring.embedded.request.Preconditions;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.resource.AccountResource;
import io.kintospring.embedded.resource.BucketResource;
import io.kintospring.embedded.resource.CollectionResource;
import io.kintospring.embedded.resource.GroupResource;
import io.kintospring.embedded.resource.RecordResource;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import io.kintospring.embedded.storage.Backend;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Selection;
import io.kintospring.embedded.storage.SortedObjects;
import io.kintospring.embedded.storage.Storage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;

/**
 * Endpoint that lists the permissions of the user on all objects.
 */
final class PermissionsEndpoint {

	private static final ListUri LIST = new ListUri(null, "permission");

	private static final String URI = "uri";

	private static final KnownFields FIELDS = new KnownFields(
			Set.of(URI, "resource_name", "bucket_id", "collection_id", "group_id", "record_id"), Set.of(Fields.ID));

	private static final Set<String> LISTED = Set.of(BucketResource.NAME, GroupResource.NAME, CollectionResource.NAME,
			RecordResource.NAME, AccountResource.NAME);

	private final Storage storage;

	private final Permissions permissions;

	private final KintoServerSettings settings;

	private final FilterReader filters;

	PermissionsEndpoint(Storage storage, Permissions permissions, KintoServerSettings settings, FilterReader filters) {
		this.storage = storage;
		this.permissions = permissions;
		this.settings = settings;
		this.filters = filters;
	}

	Service service() {
		return new Service("/permissions").on(HttpMethod.HEAD, this::get, Cors.OF_TOTAL)
			.on(HttpMethod.GET, this::get, Cors.OF_LIST)
			.describedBy(ServiceDescription.ofReadOnlyList("permissions"));
	}

	private KintoResponse get(Call call) {
		KintoRequest request = call.request();
		Negotiation.requireJson(request);
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		ListQuery query = new ListQuery(request, this.settings, FIELDS, URI, validation);
		validation.complete();
		preconditions.checkList(0);
		List<Filter> conditions = query.filters(this.filters, null)
			.stream()
			.filter((filter) -> !filter.field().equals(Fields.LAST_MODIFIED))
			.toList();
		Selection selection = query.readSelection(conditions);
		SortedObjects entries = new SortedObjects(entries(call.principals()), selection.sorting(), Backend.memory());
		KintoResponse response = (request.method() == HttpMethod.HEAD) ? ListEndpoint.total(entries.count(conditions))
				: ListEndpoint.page(entries.select(selection), query, selection);
		return query.warn(response).timestamp(this.storage.timestamp(LIST)).notCached();
	}

	private List<ObjectNode> entries(Principals principals) {
		Map<ObjectUri, Set<String>> granted = new LinkedHashMap<>(this.permissions.of(principals));
		granted.keySet().removeIf((uri) -> !LISTED.contains(uri.list().resourceName()));
		addConfigured(granted, principals);
		List<ObjectNode> entries = new ArrayList<>();
		granted.forEach((uri, names) -> entries.add(entry(uri, names)));
		ObjectNode root = root(principals);
		if (!root.path("permissions").isEmpty()) {
			entries.add(root);
		}
		return entries;
	}

	private void addConfigured(Map<ObjectUri, Set<String>> granted, Principals principals) {
		for (ObjectNode bucket : this.storage.all(new ListUri(null, BucketResource.NAME))) {
			ObjectUri uri = new ListUri(null, BucketResource.NAME).object(Fields.id(bucket));
			addConfigured(granted, uri, principals);
			for (String resourceName : List.of(CollectionResource.NAME, GroupResource.NAME)) {
				ListUri below = new ListUri(uri, resourceName);
				this.storage.all(below)
					.forEach((object) -> addConfigured(granted, below.object(Fields.id(object)), principals));
			}
		}
	}

	private void addConfigured(Map<ObjectUri, Set<String>> granted, ObjectUri uri, Principals principals) {
		Set<String> names = configured(uri.list().resourceName(), principals);
		if (!names.isEmpty()) {
			Set<String> all = new LinkedHashSet<>(granted.getOrDefault(uri, Set.of()));
			all.addAll(names);
			granted.put(uri, all);
		}
	}

	private Set<String> configured(String resourceName, Principals principals) {
		Set<String> names = new LinkedHashSet<>();
		for (String permission : List.of("read", "write")) {
			if (isConfigured(resourceName, permission, principals)) {
				names.add(permission);
			}
		}
		created(resourceName).forEach((below) -> {
			if (isConfigured(below, "create", principals)) {
				names.add(below + ":create");
			}
		});
		return names;
	}

	private ObjectNode root(Principals principals) {
		ObjectNode root = Json.object().put(URI, "/").put("resource_name", "root");
		ArrayNode permissions = root.putArray("permissions");
		if (isConfigured(BucketResource.NAME, "create", principals)) {
			permissions.add("bucket:create");
		}
		if (this.settings.plugins().contains(Plugin.ACCOUNTS)
				&& isConfigured(AccountResource.NAME, "create", principals)) {
			permissions.add("account:create");
		}
		return root;
	}

	private boolean isConfigured(String resourceName, String permission, Principals principals) {
		return principals.among(this.settings.get(KintoSetting.principals(resourceName, permission)));
	}

	private static List<String> created(String resourceName) {
		return switch (resourceName) {
			case BucketResource.NAME -> List.of(CollectionResource.NAME, GroupResource.NAME);
			case CollectionResource.NAME -> List.of(RecordResource.NAME);
			default -> List.of();
		};
	}

	private static ObjectNode entry(ObjectUri uri, Set<String> names) {
		String resourceName = uri.list().resourceName();
		ObjectNode entry = Json.object().put(URI, uri.toString()).put("resource_name", resourceName);
		ArrayNode permissions = entry.putArray("permissions");
		Set<String> all = new LinkedHashSet<>();
		names.forEach((name) -> all.addAll(Inheritance.withImplied(resourceName, name)));
		all.forEach(permissions::add);
		entry.put(Fields.ID, uri.id());
		for (ObjectUri object = uri; object != null; object = object.list().parent()) {
			entry.put(object.list().resourceName() + "_id", object.id());
		}
		return entry;
	}

}
