package io.kintospring.embedded.endpoint;

import java.time.Clock;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.resource.Resource;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ListUri;

/**
 * Cache headers of responses. Only anonymous users may cache, and only if the resource
 * allows it.
 */
final class Caching {

	private final Clock clock;

	Caching(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Add the cache headers to a response.
	 * @param response the response
	 * @param resource the resource of the objects
	 * @param list the list that contains the objects
	 * @param reader the principals of the user
	 * @return the response
	 */
	KintoResponse apply(KintoResponse response, Resource resource, ListUri list, Principals reader) {
		if (reader.authenticated()) {
			return response.notCached();
		}
		return resource.cacheExpires(list).map((seconds) -> cached(response, seconds)).orElseGet(response::notCached);
	}

	private KintoResponse cached(KintoResponse response, long seconds) {
		if (seconds > (Fields.LAST_TIME - this.clock.millis()) / 1000) {
			throw KintoError.failsInKinto();
		}
		return response.cached(seconds, this.clock);
	}

}
