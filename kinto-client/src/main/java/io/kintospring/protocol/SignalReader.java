package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kintospring.KintoSignal;
import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * Reads the {@code Backoff}, {@code Retry-After} and {@code Alert} headers of a response.
 * Unreadable values are reported and ignored.
 */
final class SignalReader {

	/** Longer durations do not fit into a number of nanoseconds. */
	private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

	private static final Pattern DIGITS = Pattern.compile("\\d+");

	private SignalReader() {
	}

	static boolean isSignal(String header) {
		return header.equalsIgnoreCase(KintoHeaders.BACKOFF) || header.equalsIgnoreCase(HttpHeaders.RETRY_AFTER)
				|| header.equalsIgnoreCase(KintoHeaders.ALERT);
	}

	/**
	 * Read signals.
	 * @param now the time of the response
	 * @param unreadable gets the name and value of each unreadable header
	 */
	static List<KintoSignal> read(HttpHeaders headers, Instant now, BiConsumer<String, String> unreadable) {
		List<String> backoff = headers.get(KintoHeaders.BACKOFF);
		List<String> retryAfter = headers.get(HttpHeaders.RETRY_AFTER);
		List<String> alert = headers.get(KintoHeaders.ALERT);
		if (backoff == null && retryAfter == null && alert == null) {
			return List.of();
		}
		List<KintoSignal> signals = new ArrayList<>();
		longest(readable(KintoHeaders.BACKOFF, backoff, SignalReader::seconds, unreadable))
			.ifPresent((duration) -> signals.add(new KintoSignal.Backoff(duration, now.plus(duration))));
		longest(readable(HttpHeaders.RETRY_AFTER, retryAfter, (value) -> retryAfter(value, now), unreadable))
			.ifPresent((duration) -> signals.add(new KintoSignal.RetryAfter(duration, now.plus(duration))));
		readable(KintoHeaders.ALERT, alert, SignalReader::alert, unreadable).distinct().forEach(signals::add);
		return signals;
	}

	/**
	 * Read {@code Retry-After}, the time to wait before the next attempt.
	 * @return the time, or {@code null} without a readable header
	 */
	static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
		return readable(HttpHeaders.RETRY_AFTER, headers.get(HttpHeaders.RETRY_AFTER),
				(value) -> retryAfter(value, now), (header, value) -> {
				})
			.max(Duration::compareTo)
			.orElse(null);
	}

	/**
	 * There can be several values, because proxies add their own.
	 */
	private static <R> Stream<R> readable(String header, @Nullable List<String> values,
			Function<String, @Nullable R> reader, BiConsumer<String, String> unreadable) {
		return (values == null) ? Stream.empty() : values.stream().map((value) -> {
			R read = reader.apply(value.trim());
			if (read == null) {
				unreadable.accept(header, value);
			}
			return read;
		}).filter(Objects::nonNull);
	}

	private static Optional<Duration> longest(Stream<Duration> durations) {
		return durations.filter((duration) -> !duration.isZero()).max(Duration::compareTo);
	}

	/**
	 * Read seconds or, from proxies, a date.
	 */
	private static @Nullable Duration retryAfter(String value, Instant now) {
		if (value.isEmpty() || !Character.isLetter(value.charAt(0))) {
			return seconds(value);
		}
		Instant date = HttpDates.parse(value, now);
		if (date == null) {
			return null;
		}
		return date.isBefore(now.plus(LONGEST)) ? notNegative(Duration.between(now, date)) : LONGEST;
	}

	private static @Nullable Duration seconds(String value) {
		try {
			long seconds = Long.parseLong(value);
			return (seconds < LONGEST.toSeconds()) ? notNegative(Duration.ofSeconds(seconds)) : LONGEST;
		}
		catch (NumberFormatException ex) {
			return DIGITS.matcher(value).matches() ? LONGEST : null;
		}
	}

	private static Duration notNegative(Duration duration) {
		return duration.isNegative() ? Duration.ZERO : duration;
	}

	private static KintoSignal.@Nullable Deprecation alert(String value) {
		try {
			JsonNode json = KintoJson.own().mapper().readTree(value);
			return json.path("code").isString() ? new KintoSignal.Deprecation(json.path("code").asString(),
					text(json.path("message")), text(json.path("url"))) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode json) {
		return json.isString() ? json.asString() : null;
	}

}
