package io.kintospring.embedded.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

import org.springframework.http.HttpStatus;

/**
 * Decoded path and query of a request.
 *
 * @param path the path below the root of the API, such as {@code /buckets}
 * @param query the parameters. As in Kinto, the values of a repeated one are joined by
 * commas if its value is a list anyway, and are otherwise a JSON array of texts.
 * @param lastValues the last value of each parameter, which Kinto builds
 * {@code Next-Page} from
 */
public record RequestTarget(String path, Map<String, String> query, Map<String, String> lastValues) {

	/**
	 * Version prefix of all paths.
	 */
	public static final String PREFIX = "/v1";

	private static final Pattern JOINED = Pattern.compile("_sort$|_fields$|in_|exclude_");

	private static final String ESCAPED_SLASH = "%2F";

	private static final Pattern ENCODED = Pattern.compile("%[0-9a-fA-F]{2}");

	/**
	 * Decode the path and query of a request.
	 * @param rawPath the encoded path below the root of the API
	 * @param rawQuery the encoded query, or {@code null} if there is none
	 * @return the target
	 * @throws KintoError if the encoding is not UTF-8
	 */
	public static RequestTarget parse(String rawPath, @Nullable String rawQuery) {
		Map<String, List<String>> values = (rawQuery != null) ? parameters(rawQuery) : Map.of();
		Map<String, String> query = new LinkedHashMap<>();
		Map<String, String> lastValues = new LinkedHashMap<>();
		values.forEach((name, all) -> {
			String last = all.get(all.size() - 1);
			query.put(name, (all.size() == 1) ? last : combined(name, all));
			lastValues.put(name, last);
		});
		return new RequestTarget(decoded("path", rawPath), query, lastValues);
	}

	/**
	 * Return a target with these parameters.
	 * @param path the path below the root of the API
	 * @return the target
	 */
	public RequestTarget withPath(String path) {
		return new RequestTarget(path, this.query, this.lastValues);
	}

	private static Map<String, List<String>> parameters(String text) {
		Map<String, List<String>> values = new LinkedHashMap<>();
		for (String parameter : text.split("&")) {
			if (!parameter.isEmpty()) {
				String[] parts = parameter.split("=", 2);
				values.computeIfAbsent(parameter(parts[0]), (name) -> new ArrayList<>())
					.add(parameter((parts.length > 1) ? parts[1] : ""));
			}
		}
		return values;
	}

	private static String combined(String name, List<String> values) {
		if (JOINED.matcher(name).lookingAt()) {
			return String.join(",", values);
		}
		ArrayNode texts = Json.array();
		values.forEach(texts::add);
		return texts.toString();
	}

	/**
	 * Parse the target of a request in a batch, which can have the version prefix.
	 * @param text the path and query
	 * @return the target
	 * @throws KintoError if the encoding is not UTF-8
	 */
	public static RequestTarget parse(String text) {
		String bare = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
		String[] parts = bare.split("\\?", 2);
		String path = withoutSlashes(parts[0]);
		if (path.isEmpty()) {
			path = parts[0].isEmpty() ? "/" : parts[0];
		}
		return parse(bytes(path), (parts.length > 1) ? bytes(parts[1]) : null);
	}

	/**
	 * Remove the slashes at the end of a path. As in Kinto, they can be escaped.
	 * @param rawPath the encoded path
	 * @return the path without them
	 */
	public static String withoutSlashes(String rawPath) {
		int end = rawPath.length();
		int slash = slashBefore(rawPath, end);
		while (slash > 0) {
			end -= slash;
			slash = slashBefore(rawPath, end);
		}
		return rawPath.substring(0, end);
	}

	/**
	 * Return the length of the slash that ends at an index, or 0 if there is none.
	 */
	private static int slashBefore(String rawPath, int end) {
		if (rawPath.startsWith("/", end - 1)) {
			return 1;
		}
		int length = ESCAPED_SLASH.length();
		return rawPath.regionMatches(true, end - length, ESCAPED_SLASH, 0, length) ? length : 0;
	}

	private static String bytes(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	private static String parameter(String text) {
		return decoded("query", text.replace('+', ' '));
	}

	private static String decoded(String part, String text) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded(text))).toString();
		}
		catch (CharacterCodingException ex) {
			throw KintoError.of(HttpStatus.BAD_REQUEST, Errno.INVALID_PARAMETERS,
					"The " + part + " is not encoded in UTF-8");
		}
	}

	/**
	 * Decode percent-encoded bytes. Invalid escapes do not change.
	 */
	private static byte[] decoded(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '%' && ENCODED.matcher(text).region(i, text.length()).lookingAt()) {
				bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
				i += 2;
			}
			else {
				bytes.write(text.charAt(i));
			}
		}
		return bytes.toByteArray();
	}

}
