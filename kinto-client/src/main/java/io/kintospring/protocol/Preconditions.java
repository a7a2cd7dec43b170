package io.kintospring.protocol;

import java.util.Map;

import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What must be true of an object for a write to be done: the one place that knows what
 * {@link KintoOptions#safe(boolean)} means on the wire.
 */
final class Preconditions {

	private final KintoOptions options;

	Preconditions(KintoOptions options) {
		this.options = options;
	}

	PreconditionHeader create() {
		return unsafe() ? PreconditionHeader.NONE : unlessGiven(PreconditionHeader.MISSING);
	}

	PreconditionHeader replace(@Nullable KintoTimestamp version) {
		if (!unsafe() && version != null) {
			return unchangedSince(version);
		}
		return strict() ? unlessGiven(PreconditionHeader.MISSING) : PreconditionHeader.NONE;
	}

	PreconditionHeader changeOrDelete(@Nullable KintoTimestamp version, String operation, String path) {
		if (!unsafe() && version != null) {
			return unchangedSince(version);
		}
		if (strict()) {
			throw new IllegalArgumentException(operation + " of " + path + " is asked to be safe, and no version is"
					+ " known to compare: pass the object that was read, or lastModified(…), or safe(false)");
		}
		return PreconditionHeader.NONE;
	}

	/**
	 * For a replacement that would otherwise create an empty object.
	 */
	PreconditionHeader replaceExisting(@Nullable KintoTimestamp version) {
		if (unsafe()) {
			return PreconditionHeader.NONE;
		}
		return (version != null) ? unchangedSince(version) : unlessGiven(PreconditionHeader.EXISTING);
	}

	private boolean unsafe() {
		return Boolean.FALSE.equals(this.options.safe());
	}

	private boolean strict() {
		return Boolean.TRUE.equals(this.options.safe());
	}

	private PreconditionHeader unchangedSince(KintoTimestamp version) {
		if (version.value() < 0) {
			throw new IllegalArgumentException("The version " + version
					+ " is negative, which Kinto cannot compare: use safe(false) to write without comparing");
		}
		return unlessGiven(PreconditionHeader.unchangedSince(version));
	}

	private PreconditionHeader unlessGiven(PreconditionHeader condition) {
		Map<String, String> headers = this.options.headers();
		boolean given = headers.containsKey(HttpHeaders.IF_MATCH) || headers.containsKey(HttpHeaders.IF_NONE_MATCH);
		return given ? PreconditionHeader.NONE : condition;
	}

}
