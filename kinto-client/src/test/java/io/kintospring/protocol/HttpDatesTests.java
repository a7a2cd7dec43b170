package io.kintospring.protocol;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The three date formats of HTTP.
 */
class HttpDatesTests {

	private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

	@ParameterizedTest
	@ValueSource(strings = { "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
			"Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT", " Sun, 06 Nov 1994 08:49:37 GMT\t",
			"sun, 06 NOV 1994 08:49:37 gmt" })
	void allFormatsAreParsed(String text) {
		assertThat(HttpDates.parse(text, NOW)).isEqualTo("1994-11-06T08:49:37Z");
	}

	@ParameterizedTest
	@CsvSource({ "Wed Jan 21 00:00:00 2026, 2026-01-21T00:00:00Z", "Wed Dec  2 23:59:59 2026, 2026-12-02T23:59:59Z",
			"Thu Feb 29 01:02:03 2024, 2024-02-29T01:02:03Z" })
	void asctimeDayIsPaddedWithSpace(String text, Instant date) {
		assertThat(HttpDates.parse(text, NOW)).isEqualTo(date);
	}

	@ParameterizedTest
	@CsvSource({ "'Saturday, 28-Nov-26 12:00:00 GMT', 2026-11-28T12:00:00Z",
			"'Sunday, 29-Nov-26 12:00:00 GMT', 2026-11-29T12:00:00Z",
			"'Friday, 01-Jan-27 00:00:00 GMT', 2027-01-01T00:00:00Z",
			"'Saturday, 28-Nov-76 12:00:00 GMT', 2076-11-28T12:00:00Z",
			"'Sunday, 28-Nov-76 12:00:01 GMT', 1976-11-28T12:00:01Z",
			"'Friday, 31-Dec-76 00:00:00 GMT', 1976-12-31T00:00:00Z",
			"'Saturday, 01-Jan-77 00:00:00 GMT', 1977-01-01T00:00:00Z",
			"'Wednesday, 31-Dec-75 00:00:00 GMT', 2075-12-31T00:00:00Z",
			"'Tuesday, 29-Feb-00 00:00:00 GMT', 2000-02-29T00:00:00Z" })
	void twoDigitYearIsAtMostFiftyYearsAhead(String text, Instant date) {
		assertThat(HttpDates.parse(text, NOW)).isEqualTo(date);
	}

	@Test
	void twoDigitYearCanBeInNextCentury() {
		Instant now = Instant.parse("2099-12-31T23:59:59Z");
		assertThat(HttpDates.parse("Friday, 01-Jan-00 00:00:30 GMT", now)).isEqualTo("2100-01-01T00:00:30Z");
		assertThat(HttpDates.parse("Thursday, 31-Dec-99 23:59:00 GMT", now)).isEqualTo("2099-12-31T23:59:00Z");
	}

	@Test
	void leapSecondIsRoundedDown() {
		assertThat(HttpDates.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW)).isEqualTo("2016-12-31T23:59:59Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "7", "2026-11-28T12:00:00Z", "Sun, 06 Nov 1994 08:49:37",
			"Sun, 06 Nov 1994 08:49:37 CET", "Sun, 006 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
			"Sunday, 06-Nov-1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 1994 08:49:37",
			"Sun Nov 06 08:49:37 1994 GMT", "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
			"Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
			"Sun, 06 Foo 1994 08:49:37 GMT", "Someday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT, x" })
	void invalidDateIsNull(String text) {
		assertThat(HttpDates.parse(text, NOW)).isNull();
	}

}
