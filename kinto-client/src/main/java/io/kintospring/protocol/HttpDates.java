package io.kintospring.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses the three date formats of HTTP (RFC 9110, section 5.6.7), as used in
 * {@code Retry-After}. Days can have one digit, and the name of the day is not checked.
 */
final class HttpDates {

	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");

	private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";

	private static final String DAY = "(?<day>\\d{1,2})";

	private static final String YEAR = "(?<year>\\d{4})";

	private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

	private static final String SHORT_DAY_NAME = "(?:mon|tue|wed|thu|fri|sat|sun)";

	private static final Pattern IMF_FIXDATE = pattern(
			SHORT_DAY_NAME + ", " + DAY + " " + MONTH + " " + YEAR + " " + TIME + " GMT");

	private static final Pattern RFC_850 = pattern(
			"(?:mon|tues|wednes|thurs|fri|satur|sun)day, " + DAY + "-" + MONTH + "-(?<year>\\d{2}) " + TIME + " GMT");

	private static final Pattern ASCTIME = pattern(SHORT_DAY_NAME + " " + MONTH + " +" + DAY + " " + TIME + " " + YEAR);

	private static final int YEARS_AHEAD = 50;

	private static final int LEAP_SECOND = 60;

	private HttpDates() {
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Parse a date.
	 * @param text the date, in one of the three formats
	 * @param now the current time, which determines the century of a two-digit year
	 * @return the date, or {@code null} if the text is not a date
	 */
	static @Nullable Instant parse(String text, Instant now) {
		String date = text.strip();
		for (Pattern form : List.of(IMF_FIXDATE, ASCTIME)) {
			Matcher matcher = form.matcher(date);
			if (matcher.matches()) {
				return instant(matcher, number(matcher, "year"));
			}
		}
		Matcher matcher = RFC_850.matcher(date);
		return matcher.matches() ? withCentury(matcher, now) : null;
	}

	/**
	 * A date more than 50 years ahead belongs to the latest past year with the same last
	 * two digits.
	 */
	private static @Nullable Instant withCentury(Matcher matcher, Instant now) {
		LocalDateTime limit = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(YEARS_AHEAD);
		int year = limit.getYear() - Math.floorMod(limit.getYear() - number(matcher, "year"), 100);
		Instant date = instant(matcher, year);
		return (date != null && date.isAfter(limit.toInstant(ZoneOffset.UTC))) ? instant(matcher, year - 100) : date;
	}

	private static @Nullable Instant instant(Matcher matcher, int year) {
		int month = MONTHS.indexOf(matcher.group("month").toLowerCase(Locale.ROOT)) + 1;
		int second = number(matcher, "second");
		try {
			return LocalDateTime
				.of(year, month, number(matcher, "day"), number(matcher, "hour"), number(matcher, "minute"),
						(second == LEAP_SECOND) ? LEAP_SECOND - 1 : second)
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static int number(Matcher matcher, String group) {
		return Integer.parseInt(matcher.group(group).strip());
	}

}
