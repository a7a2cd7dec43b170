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
				this.root.headers(query.options()), null);
		int pages = (query.pages() != null) ? query.pages() : Integer.MAX_VALUE;
		return new KintoSequence<>(page(Pages.first(request), pages)).requiring(Capabilities.PERMISSIONS_ENDPOINT);
	}

	private KintoCall<Slice<KintoPermissionEntry>> page(Pages pages, int most) {
		return KintoCall.of(pages.request(), "a list of permissions", (response) -> {
			Pages following = (most > 1) ? pages.after(response) : null;
			return new Slice<>(read(response.body()), (following != null) ? page(following, most - 1) : null,
					Duration.ZERO);
		}, Errors.ExistingReader.NONE);
	}

	private static List<KintoPermissionEntry> read(byte[] body) {
		return KintoJson.own()
			.mapper()
			.readerForListOf(KintoPermissionEntry.class)
			.readValue(KintoJson.tree(body).required(EnvelopeParser.DATA));
	}

}
