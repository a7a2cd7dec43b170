package io.kintospring.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random request, often an invalid one.
 * <p>
 * The requests avoid everything that makes Kinto itself fail. These are {@code like_}
 * filters on fields that are not strings, {@code Response-Behavior} headers, JSON patches
 * with a charset, merge patches of fields within other values than objects, and batches
 * with a 304 response.
 *
 * @param method the method
 * @param target the encoded path and query
 * @param headers the headers
 * @param body the body, or an empty string
 */
record RandomRequest(String method, String target, Map<String, String> headers, String body) {

	private static final List<String> METHODS = List.of("GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
			"OPTIONS", "TRACE");

	private static final List<String> LISTS = List.of("/buckets", "/buckets/b/collections", "/buckets/b/groups",
			"/buckets/b/collections/c/records", "/buckets/default/collections", "/buckets/b/history", "/permissions",
			"/accounts", "/buckets/default/collections/d/records");

	private static final List<String> OTHERS = List.of("/", "/batch", "/__heartbeat__", "/__lbheartbeat__", "/nothing",
			"/buckets/default", "//", "/buckets/b/");

	private static final List<String> OPERATORS = List.of("", "", "eq_", "not_", "lt_", "gt_", "min_", "max_", "in_",
			"exclude_", "has_", "contains_", "contains_any_");

	private static final List<String> FIELDS = List.of("a", "b.c", "id", "last_modified", "title", "é", "my-field", "",
			"target.data.a", "uri", "_x");

	private static final List<String> PARAMETERS = List.of("_sort", "_limit", "_token", "_since", "_before", "_to",
			"_fields", "_unknown", "last_modified");

	private static final List<String> VALUES = List.of("1", "-1", "\"1\"", "x", "null", "true", "1e999", "NaN", "[1,2]",
			"{\"b\":1}", "", "a,b", "\"", "[", "\u0000", "99999999999999999999", "0.5", "-title,a", "e30", "\uffff",
			"eyJsYXN0X29iamVjdCI6e30sIm9mZnNldCI6MCwibm9uY2UiOiJ4In0", "%", "0", "'");

	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final List<String> TYPES = List.of("application/json", "application/json", "application/json",
			MERGE_PATCH, "application/json-patch+json", "text/plain", "");

	private static final int LEVELS = 3;

	private static final String FORM = "multipart/form-data";

	private static final List<String> FORM_TYPES = List.of(FORM + "; boundary=x", FORM + "; boundary=x",
			FORM + "; boundary=\"x\"", FORM, FORM + "; boundary=", FORM + "; boundary=é", FORM + ";boundary", "x");

	private static final List<String> DISPOSITIONS = List.of("form-data; name=attachment; filename=a.txt",
			"form-data; name=\"attachment\"; filename=\"a.txt\"", "form-data; name=attachment", "form-data; name=data",
			"form-data; name=permissions", "form-data; name=\"attachment; filename=\"a.txt",
			"form-data; name=attachment; filename=\"=?UTF-8?B?!?=\"; filename*=x", ";;=\"\\", "x", "", "form-data; =",
			"form-data; name=attachment; filename=\"../\u0000/.txt.txt\"",
			"form-data; name=attachment; filename=..txt");

	static RandomRequest next(Random random) {
		Map<String, String> headers = new LinkedHashMap<>();
		String path = path(random);
		boolean form = path.endsWith("/attachment");
		String type = one(random, form ? FORM_TYPES : TYPES);
		headers.put("Content-Type", type);
		if (random.nextInt(4) > 0) {
			headers.put("Authorization", one(random, List.of("Basic YWxpY2U6c2VjcmV0", "Basic Ym9iOnNlY3JldA==",
					"Basic", "Basic !", "Bearer x", "Basic Og==")));
		}
		if (random.nextInt(5) == 0 && !path.startsWith("/batch")) {
			headers.put(one(random, List.of("If-Match", "If-None-Match", "Accept", "Origin", "X-Other")),
					one(random, List.of("*", "\"1\"", "1", "W/\"1\"", "\"99999999999999999999\"", "text/html", "x/",
							"\"0\"", ";;")));
		}
		return new RandomRequest(one(random, METHODS), path + query(random), headers,
				form ? form(random) : body(random, path, type.equals(MERGE_PATCH) ? 0 : LEVELS));
	}

	private static String path(Random random) {
		return switch (random.nextInt(6)) {
			case 0 -> one(random, OTHERS);
			case 1, 2 -> one(random, LISTS);
			case 3 -> one(random, LISTS) + "/" + id(random) + "/attachment";
			default -> one(random, LISTS) + "/" + id(random);
		};
	}

	private static String id(Random random) {
		if (random.nextInt(3) > 0) {
			return one(random, List.of("a", "b", "c", "d", "e1"));
		}
		return IntStream.range(0, 1 + random.nextInt(4))
			.mapToObj((i) -> "%%%02x".formatted(random.nextInt(256)))
			.collect(Collectors.joining());
	}

	private static String query(Random random) {
		return IntStream.range(0, Math.max(0, random.nextInt(5) - 1))
			.mapToObj((i) -> ((i == 0) ? "?" : "&") + parameter(random) + "=" + encoded(random, one(random, VALUES)))
			.collect(Collectors.joining());
	}

	private static String parameter(Random random) {
		return (random.nextBoolean()) ? one(random, PARAMETERS)
				: encoded(random, one(random, OPERATORS) + one(random, FIELDS));
	}

	private static String encoded(Random random, String text) {
		return (random.nextInt(50) == 0) ? "%" + Integer.toHexString(128 + random.nextInt(128))
				: URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String body(Random random, String path, int levels) {
		if (path.startsWith("/batch")) {
			return batch(random);
		}
		return switch (random.nextInt(8)) {
			case 0 -> "";
			case 1 -> one(random, VALUES);
			case 2 -> "[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]".formatted(
					one(random, List.of("add", "remove", "replace", "test", "fly", "copy")),
					one(random, List.of("/data/a", "/data", "/permissions/read/x", "", "/data/b/c", "/~2", "x")),
					object(random, levels));
			default -> "{\"data\":%s,\"permissions\":%s}".formatted(object(random, levels),
					one(random, List.of("{}", "null", "{\"read\":[\"system.Everyone\"]}", "{\"write\":[\"\"]}",
							"{\"fly\":[]}", "[]", "{\"read\":null}")));
		};
	}

	private static String form(Random random) {
		String end = one(random, List.of("\r\n", "\r\n", "\r\n", "\n", ""));
		return IntStream.range(0, random.nextInt(4))
			.mapToObj((i) -> one(random, List.of("--x", "--x", "--x", "--y", "--x--", "")) + end
					+ one(random,
							List.of("Content-Disposition: ", "Content-Disposition: ", "content-disposition:", ":"))
					+ one(random, DISPOSITIONS) + end
					+ one(random,
							List.of("", "Content-Type: image/png\r\n", "Content-Type: x\r\n", "\u0000", "a: b\r\n c"))
					+ end + one(random, List.of("{}", "x", "{\"data\":1}", "", "\r\n", "--x", "\u0000")) + end)
			.collect(Collectors.joining("", "", one(random, List.of("--x--\r\n", "--x--", "--x", ""))));
	}

	private static String batch(Random random) {
		return IntStream.range(0, random.nextInt(4))
			.mapToObj((i) -> "{\"method\":\"%s\",\"path\":\"%s\",\"body\":%s}".formatted(one(random, METHODS),
					(path(random) + query(random)).replace("/batch", "/b"), object(random, LEVELS)))
			.collect(Collectors.joining(",", "{\"requests\":[",
					one(random, List.of("]}", "]}", "]}", "]", "],\"x\":1}"))));
	}

	private static String object(Random random, int levels) {
		return IntStream.range(0, random.nextInt(4))
			.mapToObj(
					(i) -> "\"%s\":%s".formatted(
							one(random,
									List.of("a", "b", "id", "last_modified", "members", "schema", "cache_expires",
											"title", "", "password", "deleted", "record:schema")),
							value(random, levels)))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String value(Random random, int levels) {
		if (levels > 0 && random.nextInt(3) == 0) {
			return object(random, levels - 1);
		}
		return one(random, List.of("1", "-1", "\"x\"", "null", "true", "[]", "[1,\"a\"]", "{}", "1e5", "\"\\u0000\"",
				"123456789012345678901234567890", "\"a\"", "[\"system.Everyone\"]"));
	}

	private static <T> T one(Random random, List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

}
