package io.kintospring;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Immutable options of a template, a bucket, a collection or a single operation. Each
 * level overrides the level before it; headers are merged by name. Each method returns a
 * new instance.
 */
public final class KintoOptions {

	private static final KintoOptions NONE = new KintoOptions(null, null, Map.of(), null);

	private static final Duration MAX_SETTLE_TIME = Duration.ofDays(1);

	/** Characters of a header name besides ASCII letters and digits. */
	private static final String NAME_SYMBOLS = "!#$%&'*+-.^_`|~";

	private static final Set<String> RESERVED = Set.of("content-type", "content-length", "transfer-encoding",
			"connection", "host");

	private final @Nullable Boolean safe;

	private final @Nullable Duration settleTime;

	private final Map<String, String> headers;

	private final @Nullable KintoRetry retry;

	private KintoOptions(@Nullable Boolean safe, @Nullable Duration settleTime, Map<String, String> headers,
			@Nullable KintoRetry retry) {
		this.safe = safe;
		this.settleTime = settleTime;
		this.headers = headers;
		this.retry = retry;
	}

	/**
	 * Create options.
	 * @param customizers set the options, applied in order
	 * @return the options, or empty ones without customizers
	 */
	public static KintoOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Set whether writes are guarded against concurrent changes with {@code If-Match} and
	 * {@code If-None-Match} headers.
	 * <ul>
	 * <li>By default, if this is not set, a create never overwrites an object. An update
	 * or deletion of an object that you read fails with a {@link KintoConflictException}
	 * if the object changed since. Other writes are unconditional.</li>
	 * <li>With {@code true}, {@code replace} without a version only creates an object.
	 * {@code patch} and {@code delete} without a version fail with an
	 * {@link IllegalArgumentException}.</li>
	 * <li>With {@code false}, writes are unconditional, and the last one wins. An
	 * explicit {@code lastModified} is ignored.</li>
	 * </ul>
	 * Operations that read an object and repeat the write after a conflict, such as
	 * {@code grant} or {@code update} with a function, are always guarded. In other
	 * writes, a header that you set yourself replaces that of the client.
	 * @param safe whether writes are guarded
	 * @return new options with this setting
	 */
	public KintoOptions safe(boolean safe) {
		return new KintoOptions(safe, this.settleTime, this.headers, this.retry);
	}

	/**
	 * Set how long a write may take from the moment that Kinto assigns its version until
	 * others can read it. The default is 5 seconds.
	 * <p>
	 * On PostgreSQL, a write becomes visible at the end of its request, and requests end
	 * in any order. So the operations that follow changes read the changes of this time
	 * again, and deliver those that became visible since. A write that takes longer can
	 * be missed. Set it to more than your longest write, which is usually a batch.
	 * <p>
	 * With zero, changes are read once. This is correct on Kinto's memory backend and, by
	 * default, on the embedded server. There, changes become visible in the order of
	 * their versions.
	 * @param settleTime the settle time, from zero to one day
	 * @return new options with this setting
	 * @throws IllegalArgumentException if it is negative, or more than a day
	 */
	public KintoOptions settleTime(Duration settleTime) {
		if (settleTime.isNegative() || settleTime.compareTo(MAX_SETTLE_TIME) > 0) {
			throw new IllegalArgumentException("The settle time must be between 0s and 24h, but was " + settleTime);
		}
		return new KintoOptions(this.safe, settleTime, this.headers, this.retry);
	}

	/**
	 * Send a header with each request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name, if the client
	 * sets the header itself, or if HTTP cannot transfer the value. A value must not
	 * contain control characters or characters outside ISO-8859-1, and must not start or
	 * end with a space or tab.
	 */
	public KintoOptions header(String name, String value) {
		if (!isName(name)) {
			throw new IllegalArgumentException("'" + name + "' cannot be the name of an HTTP header");
		}
		if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException(
					"The header '" + name + "' is reserved: the client sets it for each request");
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
		return new KintoOptions(this.safe, this.settleTime, Collections.unmodifiableMap(all), this.retry);
	}

	/**
	 * Set the retry settings of the requests. The default is the setting of the client.
	 * @param retry the settings, or {@link KintoRetry#none()} to send each request once
	 * @return new options with these settings
	 */
	public KintoOptions retry(KintoRetry retry) {
		return new KintoOptions(this.safe, this.settleTime, this.headers, retry);
	}

	/**
	 * Return these options, overridden by other options.
	 * @param inner the overriding options
	 * @return the merged options
	 */
	public KintoOptions merge(KintoOptions inner) {
		KintoOptions merged = new KintoOptions((inner.safe != null) ? inner.safe : this.safe,
				(inner.settleTime != null) ? inner.settleTime : this.settleTime, this.headers,
				(inner.retry != null) ? inner.retry : this.retry);
		return inner.headers.isEmpty() ? merged : merged.with(inner.headers);
	}

	/**
	 * Return whether writes are guarded.
	 * @return the value of {@link #safe(boolean)}, or {@code null} if it is not set
	 */
	public @Nullable Boolean safe() {
		return this.safe;
	}

	/**
	 * Return the settle time of changes.
	 * @return the value of {@link #settleTime(Duration)}, or {@code null} if it is not
	 * set
	 */
	public @Nullable Duration settleTime() {
		return this.settleTime;
	}

	/**
	 * Return these options without headers.
	 * @return the options
	 */
	public KintoOptions withoutHeaders() {
		return new KintoOptions(this.safe, this.settleTime, Map.of(), this.retry);
	}

	/**
	 * Return the headers.
	 * @return an immutable map with keys that are not case-sensitive
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return the retry settings.
	 * @return the value of {@link #retry(KintoRetry)}, or {@code null} if it is not set
	 */
	public @Nullable KintoRetry retry() {
		return this.retry;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KintoOptions that && Objects.equals(this.safe, that.safe)
				&& Objects.equals(this.settleTime, that.settleTime) && this.headers.equals(that.headers)
				&& Objects.equals(this.retry, that.retry);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.safe, this.settleTime, this.headers, this.retry);
	}

	/**
	 * Return the options without the values of headers, which may be secret.
	 */
	@Override
	public String toString() {
		return "KintoOptions[safe=" + this.safe + ", settleTime=" + this.settleTime + ", headers="
				+ this.headers.keySet() + ", retry=" + this.retry + "]";
	}

	/**
	 * Function that sets options, such as {@code (options) -> options.safe(true)}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoOptions> {

	}

}
