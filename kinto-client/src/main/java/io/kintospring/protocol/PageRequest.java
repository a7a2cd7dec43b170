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
 * Request for one page of a list. It follows the {@code Next-Page} header of responses.
 *
 * @param request the request
 * @param number the number of the page, 1 for the first page
 * @param mark the query of an earlier page, whose number is a power of two. It is enough
 * to detect pages that repeat, without keeping all of them.
 * @param pages the maximum number of pages to read, including this one
 */
record PageRequest(KintoRequest request, int number, String mark, int pages) {

	static final String TOKEN = "_token";

	/**
	 * Create the request for the first page.
	 * @param pages the maximum number of pages, or {@code null} for all
	 */
	static PageRequest first(KintoRequest request, @Nullable Integer pages) {
		return new PageRequest(request, 1, request.query(), (pages != null) ? pages : Integer.MAX_VALUE);
	}

	/**
	 * Return the request for the next page, without {@code If-None-Match}, so that it is
	 * also read if the list has not changed.
	 * @return the request, or {@code null} if this page is the last one
	 * @throws IllegalArgumentException if {@code Next-Page} points to an earlier page
	 */
	@Nullable PageRequest next(KintoResponse response) {
		String query = (this.pages > 1) ? nextQuery(response) : null;
		if (query == null) {
			return null;
		}
		if (query.equals(this.request.query()) || query.equals(this.mark)) {
			throw new IllegalArgumentException("the header '" + KintoHeaders.NEXT_PAGE
					+ "' points to an earlier page, so the list would never end");
		}
		KintoRequest next = this.request.withQuery(query);
		return new PageRequest(
				next.headers().containsHeader(HttpHeaders.IF_NONE_MATCH)
						? next.withHeaders((headers) -> headers.remove(HttpHeaders.IF_NONE_MATCH)) : next,
				this.number + 1, (Integer.bitCount(this.number) == 1) ? this.request.query() : this.mark,
				this.pages - 1);
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
