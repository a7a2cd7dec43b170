package io.kintospring.embedded.resource;

import java.time.Clock;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.ListUri;

/**
 * For how long readers may keep what they got: not at all, but for anonymous ones where
 * the resource says so.
 */
final class Caching {

	private final Clock clock;

	Caching(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Adds the headers for it.
	 * @param response an answer
	 * @param resource what was read
	 * @param list the list in which it is
	 * @param reader who read it
	 * @return the answer
	 */
	KintoResponse apply(KintoResponse response, Resource resource, ListUri list, Principals reader) {
		if (reader.authenticated()) {
			return response.notCached();
		}
		return resource.cacheExpires(list)
			.map((seconds) -> response.cached(seconds, this.clock))
			.orElseGet(response::notCached);
	}

}
