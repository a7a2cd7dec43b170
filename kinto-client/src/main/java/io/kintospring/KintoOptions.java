package io.kintospring;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Options that a template, a bucket, a collection and a single operation can have. Each
 * level overrides what the one before it set; headers are merged by name. Immutable: each
 * method returns a new value.
 */
public final class KintoOptions {

	private static final KintoOptions NONE = new KintoOptions(null, Map.of());

	/** What names of headers can have beside letters and digits of ASCII. */
	private static final String NAME_SYMBOLS = "!#$%&'*+-.^_`|~";

	private static final Set<String> OURS = Set.of("content-type", "content-length", "transfer-encoding", "connection",
			"host");

	private final @Nullable Boolean safe;

	private final Map<String, String> headers;

	private KintoOptions(@Nullable Boolean safe, Map<String, String> headers) {
		this.safe = safe;
		this.headers = headers;
	}

	/**
	 * Create options.
	 * @param customizers set the options, in this order
	 * @return the options; empty without customizers
	 */
	public static KintoOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Say how careful writes are.
	 * <p>
	 * Where nothing is said, a create never overwrites, and a write or deletion of an
	 * object that was read fails with a {@link KintoConflictException} if somebody
	 * changed it meanwhile; without a version there is nothing to compare. {@code true}
	 * is stricter: an update without a version only creates, and a patch or a deletion
	 * without one is refused. {@code false} compares nothing: the last write wins.
	 * @param safe whether concurrent changes are guarded against
	 * @return these options with that
	 */
	public KintoOptions safe(boolean safe) {
		return new KintoOptions(safe, this.headers);
	}

	/**
	 * Send a header with each request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name, if HTTP cannot
	 * carry the value (a control character, a character outside ISO-8859-1, or a space or
	 * a tab at its start or end), or if the header describes the body or the connection
	 */
	public KintoOptions header(String name, String value) {
		if (!isName(name)) {
			throw new IllegalArgumentException("'" + name + "' cannot be the name of an HTTP header");
		}
		if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("The header '" + name + "' is set with each request as it needs it");
		}
		HeaderValues.require("the header '" + name + "'", value);
		return with(Map.of(name, value));
	}

	private static boolean isName(String name) {
		for (int i = 0; i < name.length(); i++) {
			char ch = name.charAt(i);
			boolean letterOrDigit = ch < 0x80 && Character.isLetterOrDigit(ch);
			if (!letterOrDigit && NAME_SYMBOLS.indexOf(ch) < 0) {
				return false;
			}
		}
		return !name.isEmpty();
	}

	private KintoOptions with(Map<String, String> more) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.headers);
		all.putAll(more);
		return new KintoOptions(this.safe, Collections.unmodifiableMap(all));
	}

	/**
	 * Let other options override these.
	 * @param inner the options of the inner level, which win
	 * @return both
	 */
	public KintoOptions merge(KintoOptions inner) {
		KintoOptions merged = (inner.safe != null) ? safe(inner.safe) : this;
		return inner.headers.isEmpty() ? merged : merged.with(inner.headers);
	}

	/**
	 * Return how careful writes are.
	 * @return what {@link #safe(boolean)} said, or {@code null} if nothing was said
	 */
	public @Nullable Boolean safe() {
		return this.safe;
	}

	/**
	 * Return the headers to send.
	 * @return an immutable map, whose keys are not case-sensitive
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KintoOptions that && Objects.equals(this.safe, that.safe)
				&& this.headers.equals(that.headers);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.safe, this.headers);
	}

	/**
	 * Return the options without the values of headers, which may be secret.
	 */
	@Override
	public String toString() {
		return "KintoOptions[safe=" + this.safe + ", headers=" + this.headers.keySet() + "]";
	}

	/**
	 * Function that sets options, such as {@code (options) -> options.safe(true)}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoOptions> {

	}

}
