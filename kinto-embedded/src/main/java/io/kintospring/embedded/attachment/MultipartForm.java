package io.kintospring.embedded.attachment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Parser for multipart forms that is as lenient as Kinto's.
 * <p>
 * It accepts a form without its final boundary, and takes file names literally, without
 * the decoding of newer standards. Spring's parser rejects such a form and decodes the
 * names.
 */
public final class MultipartForm {

	private static final Pattern VALID_BOUNDARY = Pattern.compile("[ -~]{0,200}[!-~]");

	private static final Pattern BLANK_LINE = Pattern.compile("(?<![^\\n])[ \\t\\r]*+(?:\\n|\\z)");

	private static final Pattern FOLD = Pattern.compile("\\r?\\n(?=[ \\t])");

	private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

	private static final String DEFAULT_TYPE = "text/plain";

	private MultipartForm() {
	}

	/**
	 * Parse a form.
	 * @param boundary the boundary between the parts
	 * @param body the form
	 * @return the parts
	 */
	public static List<FormPart> read(String boundary, byte[] body) {
		List<FormPart> parts = new ArrayList<>();
		String text = new String(body, StandardCharsets.ISO_8859_1);
		Matcher delimiter = Pattern.compile("(?<![^\\n])--" + Pattern.quote(boundary) + "(--)?+\\s*?(?:\\n|\\z)")
			.matcher(text);
		int start = text.length();
		while (delimiter.find()) {
			boolean last = delimiter.group(1) != null;
			if (start < delimiter.start()) {
				parts.add(part(text.substring(start, delimiter.start())));
				if (last) {
					return parts;
				}
			}
			start = last ? start : delimiter.end();
		}
		if (start < text.length()) {
			parts.add(part(text.substring(start)));
		}
		return parts;
	}

	/**
	 * Return the boundary of a form.
	 * @param contentType the content type of the form, with parameters
	 * @return the boundary, or {@code null} if it is missing or invalid
	 */
	public static @Nullable String boundary(String contentType) {
		String boundary = parameter(contentType, "boundary");
		return (boundary != null && VALID_BOUNDARY.matcher(boundary).matches()) ? boundary : null;
	}

	private static FormPart part(String text) {
		Matcher blank = BLANK_LINE.matcher(text);
		boolean complete = blank.find();
		String headers = new String(
				text.substring(0, complete ? blank.start() : text.length()).getBytes(StandardCharsets.ISO_8859_1),
				StandardCharsets.UTF_8);
		String content = complete ? LINE_END.matcher(text.substring(blank.end())).replaceFirst("") : "";
		String disposition = header(headers, HttpHeaders.CONTENT_DISPOSITION, "");
		String filename = parameter(disposition, "filename");
		return new FormPart(parameter(disposition, "name"), "".equals(filename) ? null : filename,
				header(headers, HttpHeaders.CONTENT_TYPE, DEFAULT_TYPE).split(";", 2)[0].strip(),
				content.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String header(String headers, String name, String defaultValue) {
		return FOLD.matcher(headers)
			.replaceAll("")
			.lines()
			.map((line) -> line.split(":", 2))
			.filter((parts) -> parts.length > 1 && parts[0].strip().equalsIgnoreCase(name))
			.map((parts) -> parts[1].strip())
			.findFirst()
			.orElse(defaultValue);
	}

	private static @Nullable String parameter(String header, String name) {
		String value = null;
		for (String parameter : parameters(header)) {
			String[] parts = parameter.split("=", 2);
			if (parts.length > 1 && parts[0].strip().equalsIgnoreCase(name)) {
				value = unquoted(parts[1].strip());
			}
		}
		return value;
	}

	private static List<String> parameters(String header) {
		List<String> parameters = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < header.length(); i++) {
			if (header.charAt(i) == '"' && (i == 0 || header.charAt(i - 1) != '\\')) {
				quoted = !quoted;
			}
			else if (header.charAt(i) == ';' && !quoted) {
				parameters.add(header.substring(start, i));
				start = i + 1;
			}
		}
		parameters.add(header.substring(start));
		return parameters;
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1).replace("\\\\", "\\").replace("\\\"", "\"") : value;
	}

}
