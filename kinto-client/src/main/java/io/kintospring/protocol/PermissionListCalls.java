package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoPermissionEntry;
import io.kintospring.json.KintoJson;
import io.kintospring.protocol.KintoSequence.Slice;
import io.kintospring.query.KintoQuery;

import org.springframework.http.HttpMethod;

/**
 * Calls to the permissions endpoint. Its entries are not objects: they have neither an id
 * nor a version.
 */
final class PermissionListCalls {

	private final ResourceContext root;

	private final QueryEncoder encoder;

	PermissionListCalls(ResourceContext root) {
		this.root = root;
		this.encoder = new QueryEncoder(root.json());
	}

	KintoSequence<KintoPermissionEntry> stream(String operation, KintoQuery query) {
		ListCalls.requireNoFields(operation, query);
		KintoRequest request = new KintoRequest(operation, HttpMethod.GET, "/permissions", this.encoder.encode(query),
				this.root.headers(query.options()), null, this.root.retry(query.options()));
		return new KintoSequence<>(slice(PageRequest.first(request, query.pages())))
			.requiring(Capabilities.PERMISSIONS_ENDPOINT);
	}

	private static KintoCall<Slice<KintoPermissionEntry>> slice(PageRequest page) {
		return KintoCall.of(page.request(), "a list of permissions", (response) -> {
			PageRequest next = page.next(response);
			return new Slice<>(read(response.body()), (next != null) ? slice(next) : null, Duration.ZERO);
		}, Errors.ExistingReader.NONE);
	}

	private static List<KintoPermissionEntry> read(byte[] body) {
		return KintoJson.own()
			.mapper()
			.readerForListOf(KintoPermissionEntry.class)
			.readValue(KintoJson.tree(body).required(EnvelopeParser.DATA));
	}

}
