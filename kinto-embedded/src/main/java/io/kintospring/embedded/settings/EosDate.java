package io.kintospring.embedded.settings;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * When a service ends.
 *
 * @param text the date as it was configured
 * @param time the date and time in the server's time zone
 */
public record EosDate(String text, LocalDateTime time) {

	/**
	 * Reads a date.
	 * @param text a date, with or without a time, with or without an offset, as in
	 * <code>2030-01-01</code>
	 * @return the date
	 * @throws IllegalArgumentException if it is no date
	 */
	public static EosDate parse(String text) {
		String iso = text.strip().replace(' ', 'T');
		try {
			return new EosDate(text.strip(), iso.contains("T") ? time(iso) : LocalDate.parse(iso).atStartOfDay());
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("Not a date, as in 2030-01-01", ex);
		}
	}

	/**
	 * Whether this is yet to come.
	 * @param clock what time it is
	 * @return whether the date is later
	 */
	public boolean isAfter(Clock clock) {
		return this.time.isAfter(LocalDateTime.now(clock.withZone(ZoneId.systemDefault())));
	}

	private static LocalDateTime time(String iso) {
		try {
			return LocalDateTime.parse(iso);
		}
		catch (DateTimeException ex) {
			return OffsetDateTime.parse(iso).atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
		}
	}

}
