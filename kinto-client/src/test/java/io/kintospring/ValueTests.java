package io.kintospring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.query.KintoQuery;
import io.kintospring.server.KintoApiVersion;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the value types of the API.
 */
class ValueTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', value = { "1700000000001, 1700000000001", "'\"1700000000001\"', 1700000000001",
			"' 5 ', 5", "'W/\"5\"', 5", "'\"5-gzip\"', 5", "-5, -5", "'\"-5\"', -5", "0, 0" })
	void timestampIsParsed(String text, long value) {
		assertThat(KintoTimestamp.valueOf(text)).isEqualTo(KintoTimestamp.of(value)).hasToString(Long.toString(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"5", "5\"", "\"\"", "5.0", "1e3", "\"\"5\"\"", "W/5", "1700-01-01",
			"99999999999999999999" })
	void invalidTimestampIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoTimestamp.valueOf(text))
			.withMessageStartingWith("'" + text + "' is not a Kinto timestamp");
	}

	@Test
	void timestampsAreOrdered() {
		assertThat(KintoTimestamp.of(5)).isLessThan(KintoTimestamp.of(6)).isGreaterThan(KintoTimestamp.of(-5));
	}

	@Test
	void versionsAreOrderedByNumber() {
		assertThat(KintoApiVersion.parse("1.9")).isLessThan(KintoApiVersion.parse("1.23"));
		assertThat(KintoApiVersion.parse("2.0")).isGreaterThan(KintoApiVersion.parse("1.23"));
		assertThat(KintoApiVersion.parse("1.23.dev0")).isEqualTo(new KintoApiVersion(1, 23)).hasToString("1.23");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "v1.2", "1.", ".5", "1.x", "99999.1" })
	void invalidVersionIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoApiVersion.parse(text))
			.withMessage("'" + text + "' is not a version of Kinto's HTTP API, such as 1.23");
	}

	@Test
	void permissionsAreAdded() {
		KintoPermissions permissions = KintoPermissions.none()
			.read("a")
			.read("b", "a")
			.write("w")
			.createRecords("r")
			.createCollections("c")
			.createGroups("g")
			.with("custom", Set.of());
		assertThat(permissions.asMap()).containsExactly(entry("read", Set.of("a", "b")), entry("write", Set.of("w")),
				entry("record:create", Set.of("r")), entry("collection:create", Set.of("c")),
				entry("group:create", Set.of("g")), entry("custom", Set.of()));
		assertThat(permissions.principals("read")).containsExactly("a", "b");
		assertThat(permissions.principals("nothing")).isEmpty();
		assertThat(KintoPermissions.none().asMap()).isEmpty();
		assertThat(permissions).isEqualTo(KintoPermissions.of(permissions.asMap()))
			.isNotEqualTo(KintoPermissions.none());
	}

	@Test
	void permissionsAreImmutable() {
		KintoPermissions permissions = KintoPermissions.none().read("a");
		assertThatThrownBy(() -> permissions.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
		assertThatThrownBy(() -> permissions.principals("read").clear())
			.isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void blankPermissionsAndPrincipalsAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoPermissions.none().read("a", " "))
			.withMessageContaining("'read' has a blank principal");
		assertThatIllegalArgumentException().isThrownBy(() -> KintoPermissions.of(Map.of("", List.of("a"))))
			.withMessageContaining("The name of a permission must not be blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "X Y", "X:", "X\n", "\u00dc", "X(" })
	void invalidHeaderNameIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoOptions.of().header(name, "v"))
			.withMessage("'" + name + "' cannot be the name of an HTTP header");
	}

	@ParameterizedTest
	@MethodSource
	void invalidHeaderValueIsRejected(String value, String reason) {
		for (ThrowingCallable header : List.<ThrowingCallable>of(() -> KintoOptions.of().header("X", value),
				() -> KintoReadOptions.of().header("X", value), () -> KintoWriteOptions.of().header("X", value),
				() -> KintoQuery.of().header("X", value), () -> KintoUploadOptions.of().header("X", value),
				() -> KintoBatchOptions.of().header("X", value), () -> KintoChangeOptions.of().header("X", value))) {
			assertThatIllegalArgumentException().isThrownBy(header)
				.withMessageStartingWith("The value of the header 'X' " + reason);
		}
	}

	static Stream<Arguments> invalidHeaderValueIsRejected() {
		String control = "contains a line break or another control character";
		String foreign = "contains a character outside ISO-8859-1 (at index ";
		String blank = "starts or ends with a space or a tab";
		return Stream.of(arguments("a\nb", control), arguments("a\r\nX: y", control), arguments("\u0000", control),
				arguments("\u007f", control), arguments("a\u0100", foreign + "1)"), arguments("\u20ac", foreign + "0)"),
				arguments("\ud83d\ude00", foreign + "0)"), arguments(" a", blank), arguments("a ", blank),
				arguments("\ta", blank), arguments("a\t", blank), arguments(" ", blank));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain\r\nX: y", "text/plain;a=\"\r\n\"", "text/plain;a=\"\u20ac\"", " text/plain",
			"text/plain\t" })
	void invalidMediaTypeIsRejected(String mimetype) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUploadOptions.of().mimetype(mimetype))
			.withMessageStartingWith("The value of the media type ");
	}

	@Test
	void optionsOutOfRangeAreRejected() {
		KintoOptions none = KintoOptions.of();
		for (Duration settleTime : List.of(Duration.ofMillis(-1), Duration.ofDays(1).plusMillis(1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> KintoChangeOptions.of().settleTime(settleTime))
				.withMessage("The settle time must be between 0s and 24h, but was " + settleTime);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> KintoBatchOptions.of().maxRequests(0))
			.withMessage("maxRequests must be at least 1, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> KintoBatchOptions.of().maxBytes(-1))
			.withMessage("maxBytes must be at least 1, but was -1");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KintoBatchOptions(none, false, false, null, 1, 0, (progress) -> {
			}))
			.withMessage("parallel must be at least 1, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new KintoUploadOptions(none, null, null, "text"));
	}

	/**
	 * See RFC 9110, sections 5.1 and 5.5.
	 */
	@Test
	void everyValidHeaderIsAccepted() {
		String digitsAndLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
		String name = "!#$%&'*+-.^_`|~" + digitsAndLetters;
		String value = IntStream.rangeClosed(' ', '~')
			.mapToObj(Character::toString)
			.collect(Collectors.joining("", "a", "\t\u0080\u00fc\u00ff"));
		assertThat(KintoOptions.of().header(name, value).header("empty", "").headers()).containsOnly(entry(name, value),
				entry("empty", ""));
		for (char ch = 0; ch < 0x700; ch++) {
			String one = Character.toString(ch);
			if (!name.contains(one)) {
				assertThatIllegalArgumentException().as("name with " + (int) ch)
					.isThrownBy(() -> KintoOptions.of().header("X" + one, "v"));
			}
		}
	}

	@Test
	void optionsAreImmutable() {
		KintoOptions options = KintoOptions.of().header("A", "1");
		KintoOptions other = options.safe(false).header("a", "2");
		assertThat(options.safe()).isNull();
		assertThat(options.headers()).containsExactly(entry("A", "1"));
		assertThat(options.merge(other).safe()).isFalse();
		assertThat(options.merge(other).headers()).hasSize(1).containsValue("2");
		assertThat(other.merge(options).safe()).isFalse();
		assertThat(other.merge(options).headers()).containsValue("1");
		assertThatThrownBy(() -> other.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void invalidQueryIsRejected() {
		KintoQuery query = KintoQuery.of();
		for (String field : List.of("", " ", "-", "a,b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> query.sort(field))
				.withMessageStartingWith("Cannot sort by '" + field + "'");
		}
		for (int limit : List.of(0, -1)) {
			assertThatIllegalArgumentException().isThrownBy(() -> query.limit(limit))
				.withMessage("limit must be at least 1, but was " + limit);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> query.filter(" ", "x"))
			.withMessage("The name of a filter must not be blank");
	}

	@Test
	void objectWithOtherDataHasTheSameVersion() {
		KintoObject<String> object = new KintoObject<>("x", KintoTimestamp.of(5), "old",
				KintoPermissions.none().read("a"));
		assertThat(object.withData("new"))
			.isEqualTo(new KintoObject<>("x", KintoTimestamp.of(5), "new", KintoPermissions.none().read("a")));
	}

}
