package io.kintospring.protocol;

import java.util.Map;

import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoWriteOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Maps {@link KintoOptions#safe(boolean)} to the {@code If-Match} and
 * {@code If-None-Match} headers of writes.
 */
final class Preconditions {

	private final KintoOptions options;

	Preconditions(KintoOptions options) {
		this.options = options;
	}

	/**
	 * Check that a flow that compares the version that it reads got no other version.
	 */
	static void requireNoOtherVersion(String operation, KintoWriteOptions options) {
		if (options.lastModified() != null) {
			throw new IllegalArgumentException(
					operation + " compares the version that it reads: lastModified(…) is not supported");
		}
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
			throw new IllegalArgumentException(operation + " of " + path + " is safe, but has no version to compare:"
					+ " pass the object that you read, lastModified(…) or safe(false)");
		}
		return PreconditionHeader.NONE;
	}

	/**
	 * For a replacement that must not create an object.
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
