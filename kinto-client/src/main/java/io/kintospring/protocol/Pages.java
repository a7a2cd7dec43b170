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
 * Position in a paged list. It follows the {@code Next-Page} header of responses.
 *
 * @param request the request for the page
 * @param before the previous page, or {@code null} for the first page
 */
record Pages(KintoRequest request, @Nullable Pages before) {

	static final String TOKEN = "_token";

	static Pages first(KintoRequest request) {
		return new Pages(request, null);
	}

	/**
	 * Return the next page, without {@code If-None-Match}, so that it is also read if the
	 * list has not changed.
	 * @return the page, or {@code null} if this is the last one
	 * @throws IllegalArgumentException if {@code Next-Page} points to an earlier page
	 */
	@Nullable Pages after(KintoResponse response) {
		String query = nextQuery(response);
		if (query == null) {
			return null;
		}
		for (Pages page = this; page != null; page = page.before) {
			if (query.equals(page.request.query())) {
				throw new IllegalArgumentException("the header '" + KintoHeaders.NEXT_PAGE
						+ "' points to an earlier page, so the list would never end");
			}
		}
		KintoRequest following = this.request.withQuery(query);
		return new Pages(
				following.headers().containsHeader(HttpHeaders.IF_NONE_MATCH)
						? following.withHeaders((headers) -> headers.remove(HttpHeaders.IF_NONE_MATCH)) : following,
				this);
	}

	/**
	 * Return the token after which a page starts, or {@code null} for the first page.
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
			throw new IllegalArgumentException("the response has no ETag, which Kinto sends with each list:"
					+ " check whether a proxy removes it");
		}
		return KintoTimestamp.valueOf(etag);
	}

	/**
	 * Return the query of the next page. The rest of the URL is ignored: it could send
	 * credentials to another host.
	 */
	private static @Nullable String nextQuery(KintoResponse response) {
		String nextPage = response.headers().getFirst(KintoHeaders.NEXT_PAGE);
		if (nextPage == null) {
			return null;
		}
		String query = query(nextPage);
		if (query == null) {
			throw new IllegalArgumentException("the header '" + KintoHeaders.NEXT_PAGE + "' is not a URL with a query");
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
