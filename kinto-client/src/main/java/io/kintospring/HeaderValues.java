package io.kintospring;

/**
 * Checks the values of HTTP headers before an HTTP library rejects or changes them.
 */
final class HeaderValues {

	private static final char LAST_OF_LATIN_1 = '\u00ff';

	private HeaderValues() {
	}

	/**
	 * Check a value. The exception message does not contain it, because it may be secret.
	 * @param what the owner of the value for the message, such as
	 * {@code the header 'X-Tenant'}
	 * @param value the value
	 * @throws IllegalArgumentException if HTTP cannot transfer the value unchanged
	 */
	static void require(String what, String value) {
		for (int i = 0; i < value.length(); i++) {
			char ch = value.charAt(i);
			if ((ch < ' ' && ch != '\t') || ch == 0x7F) {
				throw rejected(what, "contains a line break or another control character");
			}
			if (ch > LAST_OF_LATIN_1) {
				throw rejected(what, "contains a character outside ISO-8859-1 (at index " + i
						+ "), which HTTP cannot send: encode it, such as in Base64 or with %-escapes");
			}
		}
		if (!value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
			throw rejected(what, "starts or ends with a space or a tab, which HTTP does not send: remove it");
		}
	}

	private static boolean isBlank(char ch) {
		return ch == ' ' || ch == '\t';
	}

	private static IllegalArgumentException rejected(String what, String reason) {
		return new IllegalArgumentException("The value of " + what + " " + reason);
	}

}
