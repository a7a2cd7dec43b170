package io.kintospring.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.kintospring.KintoPermissionEntry;
import io.kintospring.json.KintoJson;
import io.kintospring.protocol.KintoSequence.Slice;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

/**
 * The call that lists what the user may do. Its entries are no objects: they have neither
 * an id of their own nor a version.
 */
final class PermissionListCalls {

	private final ResourceContext root;

	private final QueryEncoder encoder;

	PermissionListCalls(ResourceContext root) {
		this.root = root;
		this.encoder = new QueryEncoder(root.json());
	}

	KintoSequence<KintoPermissionEntry> stream(String operation, KintoQuery query) {
		if (!query.fields().isEmpty()) {
			throw new IllegalArgumentException(operation + " gives whole entries: it takes no fields(…)");
		}
		KintoRequest request = new KintoRequest(operation, HttpMethod.GET, "/permissions", this.encoder.encode(query),
				this.root.headers(query.options()), null);
		int pages = (query.pages() != null) ? query.pages() : Integer.MAX_VALUE;
		return new KintoSequence<>(page(Pages.first(request), pages)).requiring(Capabilities.PERMISSIONS_ENDPOINT);
	}

	private KintoCall<Slice<KintoPermissionEntry>> page(Pages pages, int most) {
		return KintoCall.of(pages.request(), "a list of permissions", (response) -> {
			Pages following = (most > 1) ? pages.after(response) : null;
			return new Slice<>(read(response.read(KintoJson.own(), EnvelopeParser::readTree)),
					(following != null) ? page(following, most - 1) : null, Duration.ZERO);
		}, Errors.ExistingReader.NONE);
	}

	private static List<KintoPermissionEntry> read(JsonNode page) {
		List<KintoPermissionEntry> entries = new ArrayList<>();
		for (JsonNode entry : page.required("data").asArray()) {
			Set<String> permissions = new LinkedHashSet<>();
			entry.required("permissions").asArray().forEach((permission) -> permissions.add(permission.stringValue()));
			entries.add(new KintoPermissionEntry(entry.required("uri").stringValue(),
					entry.required("resource_name").stringValue(), permissions, id(entry, ObjectKind.BUCKET),
					id(entry, ObjectKind.COLLECTION), id(entry, ObjectKind.GROUP), id(entry, ObjectKind.RECORD)));
		}
		return entries;
	}

	private static @Nullable String id(JsonNode entry, ObjectKind kind) {
		JsonNode id = entry.path(kind.word() + "_id");
		return id.isString() ? id.stringValue() : null;
	}

}
