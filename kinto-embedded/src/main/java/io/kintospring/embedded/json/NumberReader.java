package io.kintospring.embedded.json;

import java.math.BigInteger;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reader for numbers that makes the same rounding errors as Kinto's JSON parser,
 * RapidJSON in its normal precision.
 * <p>
 * The parser collects digits in an integer of 64 bits, and continues in a double when
 * this is full. Finally, it multiplies or divides once by a power of ten. Each of these
 * steps in floating point can round.
 */
final class NumberReader {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	/**
	 * Greatest integer, as an unsigned number.
	 */
	private static final long MAX = -1;

	/**
	 * Magnitude of the least integer, as an unsigned number.
	 */
	private static final long MIN_MAGNITUDE = Long.MIN_VALUE;

	/**
	 * Greatest integer to which the parser adds another digit of the fraction.
	 */
	private static final long MAX_EXACT = (1L << 53) - 1;

	private static final int MAX_SIGNIFICANT_DIGITS = 17;

	private static final int MAX_EXPONENT = 308;

	/**
	 * Exponent that makes any number zero. The parser does not count further.
	 */
	private static final int MIN_EXPONENT = -100_000_000;

	private static final double LAST_EXTENSIBLE = Double.MAX_VALUE / 10;

	private static final double[] POWERS = IntStream.rangeClosed(0, MAX_EXPONENT)
		.mapToDouble((exponent) -> Double.parseDouble("1e" + exponent))
		.toArray();

	private final String text;

	private int position;

	/**
	 * Digits so far, as an unsigned number.
	 */
	private long integer;

	private double value;

	private boolean inexact;

	private int significantDigits;

	private int exponent;

	private NumberReader(String text) {
		this.text = text;
	}

	/**
	 * Read a number.
	 * @param text a valid JSON number
	 * @return an integer of up to 64 bits, or a double, which can be infinite
	 * @throws NumberFormatException if the number is too big for the parser
	 */
	static JsonNode read(String text) {
		return new NumberReader(text).read();
	}

	private JsonNode read() {
		boolean negative = skip('-');
		readInteger(negative ? MIN_MAGNITUDE : MAX);
		if (this.position == this.text.length() && !this.inexact) {
			return integer(negative);
		}
		if (skip('.')) {
			readFraction();
		}
		toDouble();
		if (skip('e') || skip('E')) {
			readExponent();
		}
		double scaled = scaled();
		return NODES.numberNode(negative ? -scaled : scaled);
	}

	private void readInteger(long max) {
		int start = this.position;
		for (; isDigit(); this.position++) {
			if (!this.inexact && Long.compareUnsigned(this.integer, Long.divideUnsigned(max - digit(), 10)) <= 0) {
				this.integer = this.integer * 10 + digit();
				this.significantDigits += (this.position > start) ? 1 : 0;
				continue;
			}
			toDouble();
			if (this.value >= LAST_EXTENSIBLE) {
				throw new NumberFormatException("The integer is too big");
			}
			this.value = this.value * 10 + digit();
		}
	}

	private void readFraction() {
		for (; isDigit(); this.position++) {
			if (!this.inexact && Long.compareUnsigned(this.integer, MAX_EXACT) <= 0) {
				this.integer = this.integer * 10 + digit();
				this.exponent--;
				this.significantDigits += (this.integer != 0) ? 1 : 0;
				continue;
			}
			toDouble();
			if (this.significantDigits < MAX_SIGNIFICANT_DIGITS) {
				this.value = this.value * 10 + digit();
				this.exponent--;
				this.significantDigits += (this.value > 0) ? 1 : 0;
			}
		}
	}

	private void readExponent() {
		boolean negative = skip('-');
		skip('+');
		int max = MAX_EXPONENT - this.exponent;
		int read = digit();
		for (this.position++; isDigit(); this.position++) {
			read = Math.min(read * 10 + digit(), -MIN_EXPONENT);
			if (!negative && read > max) {
				throw new NumberFormatException("The exponent is too big");
			}
		}
		this.exponent += negative ? -read : read;
	}

	private void toDouble() {
		if (!this.inexact) {
			this.inexact = true;
			this.value = (this.integer >= 0) ? this.integer : unsigned().doubleValue();
		}
	}

	private double scaled() {
		if (this.exponent < -MAX_EXPONENT) {
			return scaled(scaled(this.value, -MAX_EXPONENT), this.exponent + MAX_EXPONENT);
		}
		return scaled(this.value, this.exponent);
	}

	private static double scaled(double value, int exponent) {
		if (exponent < -MAX_EXPONENT) {
			return 0;
		}
		return (exponent < 0) ? value / POWERS[-exponent] : value * POWERS[exponent];
	}

	private boolean skip(char expected) {
		boolean found = this.position < this.text.length() && this.text.charAt(this.position) == expected;
		this.position += found ? 1 : 0;
		return found;
	}

	private boolean isDigit() {
		return this.position < this.text.length() && Character.isDigit(this.text.charAt(this.position));
	}

	private int digit() {
		return this.text.charAt(this.position) - '0';
	}

	private JsonNode integer(boolean negative) {
		if (!negative && this.integer < 0) {
			return NODES.numberNode(unsigned());
		}
		long signed = negative ? -this.integer : this.integer;
		return (signed == (int) signed) ? NODES.numberNode((int) signed) : NODES.numberNode(signed);
	}

	private BigInteger unsigned() {
		return new BigInteger(Long.toUnsignedString(this.integer));
	}

}
