package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoSignal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Reads the headers by which a server asks its clients for something. One that cannot be
 * read is logged and passed over: it must not spoil the answer that it came with.
 */
final class SignalReader {

	private static final Log logger = LogFactory.getLog(SignalReader.class);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private SignalReader() {
	}

	static boolean isSignal(String header) {
		return header.equalsIgnoreCase(KintoHeaders.BACKOFF) || header.equalsIgnoreCase(HttpHeaders.RETRY_AFTER)
				|| header.equalsIgnoreCase(KintoHeaders.ALERT);
	}

	static List<KintoSignal> read(HttpHeaders headers, Instant now) {
		String backoff = headers.getFirst(KintoHeaders.BACKOFF);
		String retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
		String alert = headers.getFirst(KintoHeaders.ALERT);
		if (backoff == null && retryAfter == null && alert == null) {
			return List.of();
		}
		List<KintoSignal> signals = new ArrayList<>();
		if (backoff != null) {
			Duration duration = seconds(KintoHeaders.BACKOFF, backoff);
			if (duration != null && !duration.isZero()) {
				signals.add(new KintoSignal.Backoff(duration, now.plus(duration)));
			}
		}
		if (retryAfter != null) {
			Duration duration = retryAfter(headers, now);
			if (duration != null && !duration.isZero()) {
				signals.add(new KintoSignal.RetryAfter(duration, now.plus(duration)));
			}
		}
		if (alert != null) {
			KintoSignal.Deprecation deprecated = alert(alert);
			if (deprecated != null) {
				signals.add(deprecated);
			}
		}
		return signals;
	}

	/**
	 * Read {@code Retry-After}, which is seconds or, from proxies, a date.
	 */
	static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		if (!value.isEmpty() && !Character.isLetter(value.charAt(0))) {
			return seconds(HttpHeaders.RETRY_AFTER, value);
		}
		try {
			Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
		}
		catch (DateTimeParseException ex) {
			return unreadable(HttpHeaders.RETRY_AFTER, value);
		}
	}

	private static @Nullable Duration seconds(String header, String value) {
		try {
			return Duration.ofSeconds(Math.max(0, Integer.parseInt(value.trim())));
		}
		catch (NumberFormatException ex) {
			return unreadable(header, value);
		}
	}

	private static KintoSignal.@Nullable Deprecation alert(String value) {
		try {
			JsonNode json = MAPPER.readTree(value);
			if (json.path("code").isString()) {
				return new KintoSignal.Deprecation(json.path("code").asString(), text(json.path("message")),
						text(json.path("url")));
			}
			return unreadable(KintoHeaders.ALERT, value);
		}
		catch (JacksonException ex) {
			return unreadable(KintoHeaders.ALERT, value);
		}
	}

	private static @Nullable String text(JsonNode json) {
		return json.isString() ? json.asString() : null;
	}

	private static <T> @Nullable T unreadable(String header, String value) {
		logger.warn("The server's header '" + header + "' cannot be read and is ignored: " + value);
		return null;
	}

}
