package io.kintospring.embedded.differential;

import java.util.List;

/**
 * Random parameters of queries that few clients send.
 */
final class RareQuery {

	private static final List<String> FIELDS = List.of("a", "b", "n", "s", "o", "l", "o.x", "l.0", "l.1", "o.", ".o",
			"o..x", "a b", "é", "'", "A", "a-b", "%", "deleted", "members", "members.0", "schema", "schema.type",
			"cache_expires", "permissions", "in_a", "_a", "\"a\"", "attachment");

	private static final List<String> VALUES = List.of("", "\"\"", "1", "01", "1.0", "1e0", "+1", " 1", "1 ", "-1",
			"--1", ".5", "5.", "1_0", "NaN", "Infinity", "true", "True", "null", "None", "\"a", "a\"", "'a'",
			"\"a\\nb\"", "{}", "{\"x\":1}", "[]", "[1", "[1,\"a\"]", "[[1]]", "a,b", ",", ",,", "\"a,b\"", "*", "**",
			"a*", "%", "_", "\\", "\\\\", "é", "É", "İ", "Σ", "9007199254740993", "9223372036854775807",
			"9223372036854775808", "18446744073709551616", "1e16", "1e400", "0.1", "\"1\"", "2020-01-01", "0x10", "/",
			"\"\\u00e9\"");

	private static final List<String> TIMES = List.of("0", "\"0\"", "1", "\"1000\"", "1000", "1500", "2000", "-1",
			"1.5", "\"\"", "", "a", "\"a\"", "true", "null", "9223372036854775807", "9223372036854775808",
			"99999999999999", "4102444800000", "01", " 1", "1 ", "\"1", "1\"", "[1]");

	private static final List<String> LIMITS = List.of("1", "2", "\"2\"", "02", "2.0", "+2", " 2", "0", "-0", "true",
			"null", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1e1", "", "[2]");

	private static final List<String> SORTS = List.of("", ",", "a,", ",a", "-", "--a", "+a", "-+a", "a b", " a", "a,a",
			"a,-a", "-id", "id,-id", "last_modified,a", "-last_modified,-last_modified", "o.x,-o.y", "o.", ".o", "é",
			"a-b", "\"a\"", "missing,-missing", "l.0", "_a", "deleted", "members", "-schema,a");

	private static final List<String> PROJECTIONS = List.of("", ",", "a,", ",a", "a,a", "a.b.c", "o.x,o.x", "o.", ".o",
			"o..x", "l.0", "l.x", " a", "a ", "é", "\"a\"", "id,id", "-id", "deleted", "members", "schema",
			"schema.properties", "permissions", "_a", "'", "a b", "*", "o.x.y,o.x", "o,o.x", "attachment");

	private final RandomJson json;

	RareQuery(RandomJson json) {
		this.json = json;
	}

	/**
	 * Return an encoded parameter.
	 * @param ids the ids of the objects in the list
	 * @param versions texts of versions to compare with
	 * @return the parameter, such as {@code _limit=2}
	 */
	String parameter(List<String> ids, List<String> versions) {
		return switch (this.json.number(12)) {
			case 0, 1 -> timeFilter(versions);
			case 2, 3 -> this.json.one(RandomQuery.OPERATORS) + "id=" + RandomQuery.encode(idValue(ids));
			case 4 -> "_limit=" + RandomQuery.encode(this.json.one(LIMITS));
			case 5 -> "_sort=" + RandomQuery.encode(this.json.one(SORTS));
			case 6 -> "_fields=" + RandomQuery.encode(this.json.one(PROJECTIONS));
			case 7 -> this.json.one(List.of("_token=", "_token=abc", "_token=e30", "_foo=1", "_since", "a", "=1",
					"_sort", "_limit", "id", "in_=1", "min_=1", "_=1", "has_a", "like_a", "_token=bnVsbA==", "_to=1000",
					"_before=4102444800000", "%20a=1", "a%20=1", "a%00=1", "a%5B%5D=1"));
			default -> this.json.one(RandomQuery.OPERATORS) + RandomQuery.encode(this.json.one(FIELDS)) + "="
					+ RandomQuery.encode(this.json.one(VALUES));
		};
	}

	private String timeFilter(List<String> versions) {
		String name = this.json.chance(40) ? this.json.one(List.of("_since", "_before", "_to"))
				: this.json.one(RandomQuery.OPERATORS) + "last_modified";
		return name + "="
				+ (this.json.chance(40) ? time(this.json.one(versions)) : RandomQuery.encode(this.json.one(TIMES)));
	}

	/**
	 * Return a version, which may be a placeholder, with or without quotes.
	 */
	private String time(String version) {
		return this.json.chance(50) ? version : "%22" + version + "%22";
	}

	private String idValue(List<String> ids) {
		return switch (this.json.number(6)) {
			case 0 -> "\"" + this.json.one(ids).replace(Step.NONCE, "") + "\"";
			case 1 -> this.json.one(VALUES);
			case 2 -> this.json.one(List.of("r1,r2", "r1,\"r2\"", "r1,1", "r,R1,r1", "r*", "*1", "%", "_1", "R"));
			default -> this.json.one(ids).replace(Step.NONCE, "");
		};
	}

}
