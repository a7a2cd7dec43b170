package io.kintospring.embedded.storage;

import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Pattern with wildcards that ignores case.
 */
final class LikePattern implements Predicate<String> {

	private static final int ANY_TEXT = -1;

	private static final int ANY_CHARACTER = -2;

	private static final int INCOMPLETE = -3;

	private final int[] parts;

	private LikePattern(IntStream parts) {
		this.parts = parts.toArray();
	}

	/**
	 * Create a pattern of Kinto.
	 * @param pattern the pattern. An asterisk stands for any text; without one, the
	 * pattern matches texts that contain it.
	 * @return the pattern
	 */
	static LikePattern ofKinto(String pattern) {
		return new LikePattern(
				lowerCase(complete(pattern)).map((character) -> (character == '*') ? ANY_TEXT : character));
	}

	/**
	 * Create a pattern of Kinto with PostgreSQL, where percent signs and underscores are
	 * wildcards, too, and a backslash makes the next character literal.
	 * @param pattern the pattern
	 * @return the pattern
	 */
	static LikePattern ofPostgresql(String pattern) {
		int[] characters = lowerCase(complete(pattern).replace('*', '%')).toArray();
		IntStream.Builder parts = IntStream.builder();
		for (int i = 0; i < characters.length; i++) {
			if (characters[i] == '\\') {
				i++;
				parts.add((i < characters.length) ? characters[i] : INCOMPLETE);
				continue;
			}
			parts.add(switch (characters[i]) {
				case '%' -> ANY_TEXT;
				case '_' -> ANY_CHARACTER;
				default -> characters[i];
			});
		}
		return new LikePattern(parts.build());
	}

	/**
	 * Match a text. Only the last wildcard has to be tried again at other positions, so
	 * the time is at most proportional to the product of both lengths.
	 * @throws BackendException if the end of the pattern is reached, and incomplete
	 */
	@Override
	public boolean test(String text) {
		int[] characters = lowerCase(text).toArray();
		int part = 0;
		int wildcard = -1;
		int start = 0;
		int i = 0;
		while (i < characters.length) {
			if (part < this.parts.length && this.parts[part] == ANY_TEXT) {
				wildcard = part;
				start = i;
				part++;
			}
			else if (part < this.parts.length && matches(this.parts[part], characters[i])) {
				part++;
				i++;
			}
			else if (wildcard >= 0) {
				part = wildcard + 1;
				start++;
				i = start;
			}
			else {
				return false;
			}
		}
		return IntStream.range(part, this.parts.length).allMatch((rest) -> this.parts[rest] == ANY_TEXT);
	}

	private static boolean matches(int part, int character) {
		if (part == INCOMPLETE) {
			throw BackendException.rejected("A like pattern must not end with a backslash");
		}
		return part == ANY_CHARACTER || part == character;
	}

	private static String complete(String pattern) {
		return pattern.contains("*") ? pattern : "*" + pattern + "*";
	}

	private static IntStream lowerCase(String text) {
		return text.codePoints().map(Character::toLowerCase);
	}

}
