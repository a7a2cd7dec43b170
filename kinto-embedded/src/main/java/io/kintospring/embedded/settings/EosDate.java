package io.kintospring.embedded.settings;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Date of the end of service.
 *
 * @param text the date as configured
 * @param time the date and time in the server's time zone
 */
public record EosDate(String text, LocalDateTime time) {

	/**
	 * Parse a date.
	 * @param text a date such as {@code 2030-01-01}, optionally with a time and an offset
	 * @return the date
	 * @throws IllegalArgumentException if the text is not a date
	 */
	public static EosDate parse(String text) {
		String iso = text.strip().replace(' ', 'T');
		try {
			return new EosDate(text.strip(), iso.contains("T") ? time(iso) : LocalDate.parse(iso).atStartOfDay());
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("must be a date such as 2030-01-01", ex);
		}
	}

	/**
	 * Return whether the date is in the future.
	 * @param clock the clock
	 * @return whether the date is in the future
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
