package io.kintospring.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the character U+0000, which Jackson writes as an escape sequence. PostgreSQL
 * cannot store it, so Kinto would always return 503.
 */
final class NullCharacters {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private static final String ESCAPED = "\\u0000";

	private NullCharacters() {
	}

	/**
	 * Reject JSON that contains the character.
	 * @param json the JSON
	 * @return the JSON
	 * @throws IllegalArgumentException if a name or a value contains it
	 */
	static byte[] reject(byte[] json) {
		if (isIn(json)) {
			String place = find(json);
			throw new IllegalArgumentException(((place != null) ? "The text at " + place : "The data")
					+ " contains the character U+0000, which Kinto cannot store on PostgreSQL: remove it");
		}
		return json;
	}

	static boolean isIn(String json) {
		return json.contains(ESCAPED) && isIn(json.getBytes(StandardCharsets.UTF_8));
	}

	private static boolean isIn(byte[] json) {
		for (int i = backslash(json, 0); i >= 0; i = backslash(json, i + 2)) {
			if (isEscaped(json, i)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isEscaped(byte[] json, int start) {
		if (json.length - start < ESCAPED.length()) {
			return false;
		}
		for (int i = 1; i < ESCAPED.length(); i++) {
			if (json[start + i] != ESCAPED.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Compares eight bytes at a time, because backslashes are rare.
	 */
	private static int backslash(byte[] json, int start) {
		int i = start;
		while (i <= json.length - Long.BYTES) {
			long zeroes = (long) LONGS.get(json, i) ^ BACKSLASHES;
			if (((zeroes - ONES) & ~zeroes & HIGH_BITS) != 0) {
				break;
			}
			i += Long.BYTES;
		}
		while (i < json.length && json[i] != '\\') {
			i++;
		}
		return (i < json.length) ? i : -1;
	}

	private static @Nullable String find(byte[] json) {
		try (JsonParser parser = JsonMapper.shared().createParser(json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				boolean text = token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING;
				if (text && parser.getString().indexOf('\0') >= 0) {
					return parser.streamReadContext().pathAsPointer().toString().replace("\0", ESCAPED);
				}
			}
			return null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
