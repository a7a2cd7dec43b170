package io.kintospring.protocol;

import java.net.URI;
import java.net.URISyntaxException;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * How a list goes on from page to page.
 */
final class Pages {

	private Pages() {
	}

	static KintoTimestamp timestamp(KintoResponse response) {
		KintoTimestamp timestamp = KintoHeaders.version(response.headers());
		if (timestamp == null) {
			throw new IllegalArgumentException("there is no ETag, which Kinto sends with each list:"
					+ " does something between here and the server remove it?");
		}
		return timestamp;
	}

	/**
	 * Return the query of the next page. The rest of its address is what the server was
	 * told of its own name: to follow that could carry credentials to another host.
	 */
	static @Nullable String nextQuery(KintoResponse response) {
		String nextPage = response.headers().getFirst(KintoHeaders.NEXT_PAGE);
		if (nextPage == null) {
			return null;
		}
		String query = query(nextPage);
		if (query == null) {
			throw new IllegalArgumentException(
					"the header '" + KintoHeaders.NEXT_PAGE + "' is no address that has a query");
		}
		return query;
	}

	private static @Nullable String query(String address) {
		try {
			return new URI(address).getRawQuery();
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Ask for the following page: a list that has changed since is no reason not to get
	 * it.
	 */
	static KintoRequest following(KintoRequest request, String query) {
		return request.withQuery(query).withHeaders((headers) -> headers.remove(HttpHeaders.IF_NONE_MATCH));
	}

}
