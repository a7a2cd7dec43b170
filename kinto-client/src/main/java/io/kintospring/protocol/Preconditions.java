package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What must be true of an object for a write to be done: the one place that knows what
 * {@link KintoOptions#safe(boolean)} means on the wire.
 */
final class Preconditions {

	private final HttpHeaders headers;

	private final @Nullable Boolean safe;

	Preconditions(HttpHeaders headers, KintoOptions options) {
		this.headers = headers;
		this.safe = options.safe();
	}

	void create() {
		if (!unsafe()) {
			mustNotExist();
		}
	}

	void replace(@Nullable KintoTimestamp version) {
		if (!unsafe() && version != null) {
			mustBe(version);
		}
		else if (strict()) {
			mustNotExist();
		}
	}

	void changeOrDelete(@Nullable KintoTimestamp version, String operation, String path) {
		if (!unsafe() && version != null) {
			mustBe(version);
		}
		else if (strict()) {
			throw new IllegalArgumentException(operation + " of " + path + " is asked to be safe, and no version is"
					+ " known to compare: pass the object that was read, or lastModified(…), or safe(false)");
		}
	}

	/**
	 * For what would otherwise create an empty object.
	 */
	void mustExist() {
		if (!unsafe() && !given()) {
			this.headers.set(HttpHeaders.IF_MATCH, "*");
		}
	}

	private boolean unsafe() {
		return Boolean.FALSE.equals(this.safe);
	}

	private boolean strict() {
		return Boolean.TRUE.equals(this.safe);
	}

	private void mustNotExist() {
		if (!given()) {
			this.headers.set(HttpHeaders.IF_NONE_MATCH, "*");
		}
	}

	private void mustBe(KintoTimestamp version) {
		if (version.value() < 0) {
			throw new IllegalArgumentException("The version " + version
					+ " is negative, which Kinto cannot compare: use safe(false) to write without comparing");
		}
		if (!given()) {
			this.headers.set(HttpHeaders.IF_MATCH, KintoHeaders.etag(version));
		}
	}

	private boolean given() {
		return this.headers.containsHeader(HttpHeaders.IF_MATCH)
				|| this.headers.containsHeader(HttpHeaders.IF_NONE_MATCH);
	}

}
