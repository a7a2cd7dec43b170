package io.kintospring.embedded.storage;

import java.text.Collator;
import java.util.Comparator;
import java.util.Locale;

/**
 * Orders of text.
 */
final class TextOrder {

	/**
	 * Order by code point, which is also the order of the bytes in UTF-8.
	 */
	static final Comparator<String> CODE_POINTS = TextOrder::compareCodePoints;

	private TextOrder() {
	}

	/**
	 * Return the order of a locale. As in PostgreSQL, only the same texts are equal.
	 * @param locale the locale
	 * @return the order
	 */
	static Comparator<String> of(Locale locale) {
		Collator collator = Collator.getInstance(locale);
		Comparator<String> order = collator::compare;
		return order.thenComparing(CODE_POINTS);
	}

	private static int compareCodePoints(String left, String right) {
		int length = Math.min(left.length(), right.length());
		for (int i = 0; i < length; i++) {
			char leftChar = left.charAt(i);
			char rightChar = right.charAt(i);
			if (leftChar != rightChar) {
				boolean supplementary = Character.isSurrogate(leftChar);
				return (supplementary == Character.isSurrogate(rightChar)) ? Character.compare(leftChar, rightChar)
						: Boolean.compare(supplementary, !supplementary);
			}
		}
		return Integer.compare(left.length(), right.length());
	}

}
