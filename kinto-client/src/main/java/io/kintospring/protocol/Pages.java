package io.kintospring.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A page of a list, and the pages before it: how a list goes on from page to page.
 *
 * @param request asks for the page
 * @param before the page before it, or {@code null} if this is the first one
 */
record Pages(KintoRequest request, @Nullable Pages before) {

	static final String TOKEN = "_token";

	static Pages first(KintoRequest request) {
		return new Pages(request, null);
	}

	/**
	 * Return the page that follows. Its conditions are not sent again: a list that has
	 * changed since is no reason not to get the rest.
	 * @return the page, or {@code null} if this is the last one
	 * @throws IllegalArgumentException if the server leads back to a page that was read
	 * already, which would be read forever
	 */
	@Nullable Pages after(KintoResponse response) {
		String query = nextQuery(response);
		if (query == null) {
			return null;
		}
		for (Pages page = this; page != null; page = page.before) {
			if (query.equals(page.request.query())) {
				throw new IllegalArgumentException("the header '" + KintoHeaders.NEXT_PAGE
						+ "' leads back to a page that was read already, so that the list would never end");
			}
		}
		KintoRequest following = this.request.withQuery(query);
		return new Pages(
				following.headers().containsHeader(HttpHeaders.IF_NONE_MATCH)
						? following.withHeaders((headers) -> headers.remove(HttpHeaders.IF_NONE_MATCH)) : following,
				this);
	}

	/**
	 * Return the token of the page before, which Kinto made of its last object.
	 */
	static @Nullable String token(KintoRequest request) {
		String token = UriComponentsBuilder.newInstance()
			.query(request.query())
			.build(true)
			.getQueryParams()
			.getFirst(TOKEN);
		return (token != null) ? UriUtils.decode(token, StandardCharsets.UTF_8) : null;
	}

	/**
	 * Return whether another page follows.
	 */
	static boolean hasNext(KintoResponse response) {
		return nextQuery(response) != null;
	}

	static KintoTimestamp timestamp(KintoResponse response) {
		String etag = response.headers().getETag();
		if (etag == null) {
			throw new IllegalArgumentException("there is no ETag, which Kinto sends with each list:"
					+ " does something between here and the server remove it?");
		}
		return KintoTimestamp.valueOf(etag);
	}

	/**
	 * Return the query of the next page. The rest of its address is what the server was
	 * told of its own name: to follow that could carry credentials to another host.
	 */
	private static @Nullable String nextQuery(KintoResponse response) {
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

}
