package io.kintospring.embedded.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Shortest decimal forms of doubles, as Kinto writes them.
 */
public final class Doubles {

	/**
	 * Precision up to which no two decimals are the same normal double.
	 */
	private static final int UNAMBIGUOUS_DIGITS = 15;

	private static final int MIN_PLAIN_EXPONENT = -4;

	private static final int MAX_PLAIN_EXPONENT = 15;

	private Doubles() {
	}

	/**
	 * Convert a double to text.
	 * @param value the double
	 * @return the shortest text that identifies it, such as {@code 1.5}, {@code 1e-07} or
	 * {@code 1e+16}
	 */
	public static String text(double value) {
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			return String.valueOf(value);
		}
		if (value == 0) {
			return (Double.doubleToRawLongBits(value) == 0) ? "0.0" : "-0.0";
		}
		BigDecimal decimal = decimal(value);
		int exponent = decimal.precision() - decimal.scale() - 1;
		if (exponent >= MIN_PLAIN_EXPONENT && exponent <= MAX_PLAIN_EXPONENT) {
			return decimal.setScale(Math.max(decimal.scale(), 1)).toPlainString();
		}
		String sign = (exponent < 0) ? "-" : "+";
		String digits = ((Math.abs(exponent) < 10) ? "0" : "") + Math.abs(exponent);
		return decimal.movePointLeft(exponent).toPlainString() + "e" + sign + digits;
	}

	/**
	 * Convert a double to a decimal.
	 * @param value the double, which must be finite
	 * @return the decimal with the fewest digits that identifies the double, without
	 * trailing zeros
	 */
	public static BigDecimal decimal(double value) {
		BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
		if (decimal.precision() <= UNAMBIGUOUS_DIGITS && Math.abs(value) >= Double.MIN_NORMAL) {
			return decimal;
		}
		// before JDK 19, the text of a double is not always the shortest one
		BigDecimal exact = new BigDecimal(value);
		for (int digits = decimal.precision(); digits > 0; digits--) {
			BigDecimal shorter = rounded(exact, digits, value);
			if (shorter == null) {
				break;
			}
			decimal = shorter;
		}
		return decimal.stripTrailingZeros();
	}

	/**
	 * Read a double from its text.
	 * @param value the double, which must be finite
	 * @return the double that Kinto reads, which is not always the same one
	 */
	public static double reread(double value) {
		return NumberReader.read(text(value)).asDouble();
	}

	/**
	 * Return the closest decimal with a number of digits that identifies a double, or
	 * {@code null} if there is none.
	 */
	private static @Nullable BigDecimal rounded(BigDecimal exact, int digits, double value) {
		return Stream.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)
			.map((mode) -> exact.round(new MathContext(digits, mode)))
			.filter((decimal) -> decimal.doubleValue() == value)
			.findFirst()
			.orElse(null);
	}

}
