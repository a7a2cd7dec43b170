package io.kintospring.embedded.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * Translator of Python's regular expressions. Java gives another meaning to classes,
 * anchors and flags, and accepts and rejects other expressions.
 */
final class PythonPattern {

	private static final int END = -1;

	private static final long UNLIMITED = 4294967295L;

	private static final String BLANKS = " \t\n\r\u000b\f";

	private static final Map<Integer, Integer> CONTROLS = Map.of((int) 'a', 7, (int) 'b', 8, (int) 't', 9, (int) 'n',
			10, (int) 'v', 11, (int) 'f', 12, (int) 'r', 13);

	private static final Map<Integer, Integer> HEX_DIGITS = Map.of((int) 'x', 2, (int) 'u', 4, (int) 'U', 8);

	private final int[] source;

	/**
	 * Widths of the closed groups, and {@code null} for open ones.
	 */
	private final List<@Nullable Width> groups = new ArrayList<>();

	private final Map<String, Integer> names = new HashMap<>();

	private int position;

	private Flags flags = Flags.NONE;

	private String globalFlags = "";

	private int lookbehindGroups = Integer.MAX_VALUE;

	private PythonPattern(String regex) {
		this.source = regex.codePoints().toArray();
		this.groups.add(null);
	}

	/**
	 * Compile a regular expression.
	 * @param regex the regular expression in Python's syntax
	 * @return the pattern
	 * @throws PatternSyntaxException if Python rejects the regular expression, or Java
	 * has no equivalent
	 */
	static Pattern compile(String regex) {
		PythonPattern pattern = new PythonPattern(regex);
		Item all = pattern.alternatives(Flags.NONE, true);
		if (pattern.next() != END) {
			throw pattern.error("unbalanced parenthesis");
		}
		return Pattern.compile(all.text());
	}

	private Item alternatives(Flags inherited, boolean top) {
		Item alternatives = sequence(inherited, top);
		StringBuilder text = new StringBuilder(alternatives.text());
		Width width = alternatives.width();
		while (take('|')) {
			Item alternative = sequence(top ? this.flags : inherited, false);
			text.append('|').append(alternative.text());
			width = width.or(alternative.width());
		}
		return Item.of(text.toString(), width);
	}

	private Item sequence(Flags inherited, boolean first) {
		Flags current = inherited;
		List<Item> items = new ArrayList<>();
		while (next() != END && next() != '|' && next() != ')') {
			int c = get();
			if (current.verbose() && isIgnored(c)) {
				continue;
			}
			Quantifier quantifier = quantifier(c);
			if (quantifier != null) {
				repeatLast(items, quantifier);
			}
			else if (c != '(') {
				items.add(single(c, current));
			}
			else if (!take('?')) {
				items.add(capturing(current));
			}
			else {
				Item group = extension(current, first && items.isEmpty());
				if (group != null) {
					items.add(group);
				}
				else if (first) {
					current = this.flags;
				}
			}
		}
		StringBuilder text = new StringBuilder();
		Width width = Width.ZERO;
		for (Item item : items) {
			text.append(item.text());
			width = width.and(item.width());
		}
		return Item.of(text.toString(), width);
	}

	private boolean isIgnored(int c) {
		if (c == '#') {
			while (next() != END && get() != '\n') {
				continue;
			}
			return true;
		}
		return BLANKS.indexOf(c) >= 0;
	}

	private Item single(int c, Flags current) {
		return switch (c) {
			case '.' -> Item.of(current.dotAll() ? "(?s:.)" : "[^\\n]", Width.ONE);
			case '^' -> Item.anchor(current.multiline() ? "(?<![^\\n])" : "\\A");
			case '$' -> Item.anchor(current.multiline() ? "(?![^\\n])" : "(?=\\n?\\z)");
			case '[' -> Item.of(set(current), Width.ONE);
			case '\\' -> escape(current);
			default -> literal(c, current);
		};
	}

	// quantifiers

	private @Nullable Quantifier quantifier(int c) {
		return switch (c) {
			case '*' -> new Quantifier(0, UNLIMITED);
			case '+' -> new Quantifier(1, UNLIMITED);
			case '?' -> new Quantifier(0, 1);
			case '{' -> count();
			default -> null;
		};
	}

	/**
	 * Read a number of repetitions.
	 * @return the numbers, or {@code null} if the brace is just a character
	 */
	private @Nullable Quantifier count() {
		int start = this.position;
		if (next() == '}') {
			return null;
		}
		String min = takeWhile(Integer.MAX_VALUE, PythonPattern::isDigit);
		String max = take(',') ? takeWhile(Integer.MAX_VALUE, PythonPattern::isDigit) : min;
		if (!take('}')) {
			this.position = start;
			return null;
		}
		long least = min.isEmpty() ? 0 : number(min);
		long most = max.isEmpty() ? UNLIMITED : number(max);
		if (most < least) {
			throw error("min repeat greater than max repeat");
		}
		return new Quantifier(least, most);
	}

	private long number(String digits) {
		if (digits.length() > 9) {
			throw error("the repetition number is too large");
		}
		return Long.parseLong(digits);
	}

	private void repeatLast(List<Item> items, Quantifier quantifier) {
		if (items.isEmpty() || items.get(items.size() - 1).kind() == Kind.ANCHOR) {
			throw error("nothing to repeat");
		}
		Item item = items.remove(items.size() - 1);
		if (item.kind() == Kind.REPETITION) {
			throw error("multiple repeat");
		}
		String mode = take('?') ? "?" : take('+') ? "+" : "";
		items.add(new Item("(?:" + item.text() + ")" + quantifier.text() + mode, item.width().times(quantifier),
				Kind.REPETITION));
	}

	// groups

	private Item capturing(Flags current) {
		int group = this.groups.size();
		this.groups.add(null);
		Item content = closed(current);
		this.groups.set(group, content.width());
		return Item.of("(" + content.text() + ")", content.width());
	}

	private Item closed(Flags current) {
		Item content = alternatives(current, false);
		if (!take(')')) {
			throw error("missing ), unterminated subpattern");
		}
		return content;
	}

	/**
	 * Read a group that begins with a question mark.
	 * @return the group, or {@code null} if it matches nothing
	 */
	private @Nullable Item extension(Flags current, boolean first) {
		int c = get();
		switch (c) {
			case 'P':
				return named(current);
			case ':':
				return enclosed("(?:", closed(current));
			case '>':
				return enclosed("(?>", closed(current));
			case '=', '!':
				return Item.of("(?" + (char) c + closed(current).text() + ")", Width.ZERO);
			case '<':
				return lookbehind(current);
			case '#':
				takeUntil(')');
				return null;
			default:
				return flagged(c, current, first);
		}
	}

	private static Item enclosed(String start, Item content) {
		return Item.of(start + content.text() + ")", content.width());
	}

	private Item named(Flags current) {
		if (take('<')) {
			String name = name(takeUntil('>'));
			if (this.names.putIfAbsent(name, this.groups.size()) != null) {
				throw error("redefinition of group name");
			}
			return capturing(current);
		}
		if (take('=')) {
			Integer group = this.names.get(name(takeUntil(')')));
			if (group == null) {
				throw error("unknown group name");
			}
			return reference(group, current);
		}
		throw error("unknown extension");
	}

	private String name(String name) {
		boolean valid = !name.isEmpty() && isNameStart(name.codePointAt(0))
				&& name.codePoints().allMatch((c) -> c == '_' || Character.isUnicodeIdentifierPart(c));
		if (!valid) {
			throw error("bad group name");
		}
		return name;
	}

	private static boolean isNameStart(int c) {
		return c == '_' || Character.isUnicodeIdentifierStart(c);
	}

	private Item lookbehind(Flags current) {
		int c = get();
		if (c != '=' && c != '!') {
			throw error("unknown extension");
		}
		int outer = this.lookbehindGroups;
		this.lookbehindGroups = Math.min(outer, this.groups.size());
		Item content = closed(current);
		this.lookbehindGroups = outer;
		if (content.width().min() != content.width().max()) {
			throw error("look-behind requires fixed-width pattern");
		}
		return Item.of("(?<" + (char) c + content.text() + ")", Width.ZERO);
	}

	private Item reference(int group, Flags current) {
		Width width = (group < this.groups.size()) ? this.groups.get(group) : null;
		if (width == null || group >= this.lookbehindGroups) {
			throw error("invalid group reference");
		}
		return Item.of(current.folding("(?:\\" + group + ")"), width);
	}

	/**
	 * Read flags, and the group that has them.
	 * @return the group, or {@code null} if the flags apply to the whole expression
	 */
	private @Nullable Item flagged(int start, Flags current, boolean first) {
		StringBuilder letters = new StringBuilder();
		int c = start;
		while (Flags.isFlag(c)) {
			letters.append((char) c);
			c = get();
		}
		String on = letters.toString();
		if (areIncompatible(on)) {
			throw error("incompatible flags");
		}
		if (c == ')' && !on.isEmpty()) {
			if (!first) {
				throw error("global flags not at the start of the expression");
			}
			this.globalFlags += on;
			if (areIncompatible(this.globalFlags)) {
				throw error("incompatible flags");
			}
			this.flags = this.flags.with(on, true);
			return null;
		}
		String off = "";
		if (c == '-') {
			off = takeWhile(Integer.MAX_VALUE, (flag) -> "imsx".indexOf(flag) >= 0);
			c = get();
			if (off.isEmpty() || off.chars().anyMatch((flag) -> on.indexOf(flag) >= 0)) {
				throw error("bad inline flags");
			}
		}
		if (c != ':' || (on.isEmpty() && off.isEmpty())) {
			throw error("unknown extension");
		}
		return enclosed("(?:", closed(current.with(on, true).with(off, false)));
	}

	private static boolean areIncompatible(String letters) {
		return letters.contains("a") && letters.contains("u");
	}

	// characters

	private Item escape(Flags current) {
		int c = get();
		switch (c) {
			case 'A':
				return Item.anchor("\\A");
			case 'Z':
				return Item.anchor("\\z");
			case 'b':
				return Item.anchor(boundary(current, "(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))"));
			case 'B':
				return Item.anchor(boundary(current, "(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))(?!\\A\\z)"));
			default:
				break;
		}
		String category = category(c, current);
		if (category != null) {
			return Item.of("[" + (Character.isUpperCase(c) ? "^" : "") + category + "]", Width.ONE);
		}
		if (isDigit(c) && c != '0') {
			return numbered(c, current);
		}
		return literal(character(c), current);
	}

	private static String boundary(Flags current, String format) {
		return format.formatted("[" + category('w', current) + "]");
	}

	/**
	 * Read a number after a backslash: three octal digits are a character, others the
	 * number of a group.
	 */
	private Item numbered(int first, Flags current) {
		String digits = Character.toString(first) + takeWhile(1, PythonPattern::isDigit);
		if (digits.length() == 2 && digits.chars().allMatch(PythonPattern::isOctal) && isOctal(next())) {
			return literal(octal(digits + (char) get()), current);
		}
		return reference(Integer.parseInt(digits), current);
	}

	private int octal(String digits) {
		int value = Integer.parseInt(digits, 8);
		if (value > 0377) {
			throw error("octal escape value outside of range");
		}
		return value;
	}

	/**
	 * Read a character after a backslash.
	 */
	private int character(int c) {
		Integer length = HEX_DIGITS.get(c);
		if (length != null) {
			String digits = takeWhile(length, (digit) -> digit < 128 && Character.digit(digit, 16) >= 0);
			long value = (digits.length() == length) ? Long.parseLong(digits, 16) : Long.MAX_VALUE;
			if (value > Character.MAX_CODE_POINT) {
				throw error("incomplete escape");
			}
			return (int) value;
		}
		if (c == '0') {
			return octal("0" + takeWhile(2, PythonPattern::isOctal));
		}
		if (c == 'N' && take('{')) {
			try {
				return Character.codePointOf(takeUntil('}'));
			}
			catch (IllegalArgumentException ex) {
				throw error("undefined character name");
			}
		}
		Integer control = CONTROLS.get(c);
		if (control != null) {
			return control;
		}
		if (c == END || (c < 128 && Character.isLetterOrDigit(c))) {
			throw error("bad escape");
		}
		return c;
	}

	private static Item literal(int c, Flags current) {
		return Item.of(current.folding(quoted(c)), Width.ONE);
	}

	private static String quoted(int c) {
		return "\\x{" + Integer.toHexString(c) + "}";
	}

	// sets

	private String set(Flags current) {
		boolean negated = take('^');
		StringBuilder members = new StringBuilder();
		StringBuilder others = new StringBuilder();
		boolean first = true;
		for (int c = get(); first || c != ']'; c = get()) {
			first = false;
			String category = (c == '\\') ? category(next(), current) : null;
			int from = (category != null) ? get() : member(c);
			if (next() == '-' && peek(1) != ']') {
				get();
				int to = get();
				boolean single = category == null && (to != '\\' || category(next(), current) == null);
				int last = single ? member(to) : END;
				if (last < from) {
					throw error("bad character range");
				}
				members.append(quoted(from)).append('-').append(quoted(last));
			}
			else if (category == null) {
				members.append(quoted(from));
			}
			else if (Character.isUpperCase(from)) {
				others.append("|[^").append(category).append(']');
			}
			else {
				members.append(category);
			}
		}
		String any = "(?:" + (members.isEmpty() ? "(?!)" : "[" + members + "]") + others + ")";
		return current.folding(negated ? "(?:(?!" + any + ")(?s:.))" : any);
	}

	private int member(int c) {
		if (c == END) {
			throw error("unterminated character set");
		}
		if (c != '\\') {
			return c;
		}
		int escaped = get();
		if (isOctal(escaped)) {
			return octal(Character.toString(escaped) + takeWhile(2, PythonPattern::isOctal));
		}
		return character(escaped);
	}

	/**
	 * Return the content of the set of a category, without its negation.
	 */
	private static @Nullable String category(int c, Flags current) {
		return switch (c) {
			case 'd', 'D' -> current.ascii() ? "0-9" : "\\p{Nd}";
			case 's', 'S' -> current.ascii() ? "\\t-\\r\\x20"
					: "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
			case 'w', 'W' -> current.ascii() ? "0-9A-Z_a-z" : "\\p{L}\\p{N}_";
			default -> null;
		};
	}

	// source

	private int next() {
		return peek(0);
	}

	private int peek(int offset) {
		return (this.position + offset < this.source.length) ? this.source[this.position + offset] : END;
	}

	private int get() {
		int c = next();
		this.position++;
		return c;
	}

	private boolean take(int c) {
		boolean found = next() == c;
		if (found) {
			this.position++;
		}
		return found;
	}

	private String takeWhile(int max, IntPredicate accepted) {
		StringBuilder taken = new StringBuilder();
		while (taken.length() < max && next() != END && accepted.test(next())) {
			taken.appendCodePoint(get());
		}
		return taken.toString();
	}

	private String takeUntil(int end) {
		String taken = takeWhile(Integer.MAX_VALUE, (c) -> c != end);
		if (!take(end)) {
			throw error("unterminated");
		}
		return taken;
	}

	private static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	private static boolean isOctal(int c) {
		return c >= '0' && c <= '7';
	}

	private PatternSyntaxException error(String message) {
		return new PatternSyntaxException(message, new String(this.source, 0, this.source.length), this.position);
	}

	private enum Kind {

		ANCHOR, REPETITION, OTHER

	}

	/**
	 * Translated part of an expression.
	 */
	private record Item(String text, Width width, Kind kind) {

		static Item of(String text, Width width) {
			return new Item(text, width, Kind.OTHER);
		}

		static Item anchor(String text) {
			return new Item(text, Width.ZERO, Kind.ANCHOR);
		}

	}

	private record Quantifier(long min, long max) {

		String text() {
			return "{" + this.min + "," + ((this.max < UNLIMITED) ? this.max : "") + "}";
		}

	}

	/**
	 * Number of characters that a part of an expression matches.
	 */
	private record Width(long min, long max) {

		static final Width ZERO = new Width(0, 0);

		static final Width ONE = new Width(1, 1);

		Width and(Width other) {
			return limited(this.min + other.min, this.max + other.max);
		}

		Width or(Width other) {
			return new Width(Math.min(this.min, other.min), Math.max(this.max, other.max));
		}

		Width times(Quantifier quantifier) {
			return limited(product(this.min, quantifier.min()), product(this.max, quantifier.max()));
		}

		private static long product(long left, long right) {
			return (left == 0 || right <= UNLIMITED / left) ? left * right : UNLIMITED;
		}

		private static Width limited(long min, long max) {
			return new Width(Math.min(min, UNLIMITED - 1), Math.min(max, UNLIMITED));
		}

	}

	private record Flags(boolean ascii, boolean ignoreCase, boolean multiline, boolean dotAll, boolean verbose) {

		static final Flags NONE = new Flags(false, false, false, false, false);

		static boolean isFlag(int c) {
			return c != END && "aimsux".indexOf(c) >= 0;
		}

		Flags with(String letters, boolean value) {
			return new Flags(letters.contains("a") || (this.ascii && !letters.contains("u")),
					letters.contains("i") ? value : this.ignoreCase, letters.contains("m") ? value : this.multiline,
					letters.contains("s") ? value : this.dotAll, letters.contains("x") ? value : this.verbose);
		}

		/**
		 * Apply the case-insensitive flag to a translated part.
		 */
		String folding(String text) {
			if (!this.ignoreCase) {
				return text;
			}
			return (this.ascii ? "(?i:" : "(?iu:") + text + ")";
		}

	}

}
