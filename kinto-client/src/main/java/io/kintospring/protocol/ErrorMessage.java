package io.kintospring.protocol;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoErrorResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Writes exception messages for error responses. Text that may quote data is omitted:
 * Kinto quotes values of records that violate the schema, and other software may quote
 * anything.
 */
final class ErrorMessage {

	private static final String BODY = "body";

	private static final Pattern NO_RECORD = Pattern
		.compile("/buckets(?:/[^/]+(?:/(?:collections|groups)(?:/[^/]+)?)?)?");

	private static final int MAX_NAME = 80;

	private ErrorMessage() {
	}

	static String of(KintoErrorResponse error, KintoResponse response) {
		StringBuilder message = new StringBuilder(error.toString());
		HttpStatus status = HttpStatus.resolve(error.status());
		if (status != null) {
			message.append(' ').append(status.getReasonPhrase());
		}
		if (error.errno() != null) {
			message.append(" (errno ").append(error.errno()).append(')');
			appendText(message, error);
		}
		if (error.status() == HttpStatus.NOT_MODIFIED.value()) {
			message.append("; the request has a precondition, and the object or list has not changed");
		}
		else if (error.status() / 100 == 3) {
			message.append("; redirects are not followed: check the URL of the server, including its version");
		}
		else if (error.errno() == null && !error.body().isEmpty()) {
			message.append("; the response is not from Kinto").append(mediaType(response, ", but "));
			message.append(" (see response().body(), limited to 16 KiB)");
		}
		return message.toString();
	}

	private static void appendText(StringBuilder message, KintoErrorResponse error) {
		boolean record = !NO_RECORD.matcher(error.path()).matches();
		List<KintoErrorDetail> quoting = error.details()
			.stream()
			.filter((detail) -> record && isOnBody(detail))
			.toList();
		boolean quotes = !quoting.isEmpty() || (record && isOnBody(error.message()));
		String text = quotes ? rejected(quoting) : error.message();
		if (text != null) {
			message.append(": ").append(text);
		}
		error.details()
			.stream()
			.filter((detail) -> !quoting.contains(detail) && (quotes || !isIn(detail, error.message())))
			.map(ErrorMessage::text)
			.distinct()
			.forEach((detail) -> message.append("; ").append(detail));
	}

	private static boolean isOnBody(KintoErrorDetail detail) {
		return detail.location() == null || detail.location().equals(BODY);
	}

	private static boolean isOnBody(@Nullable String message) {
		return message != null && (message.startsWith(BODY + ":") || message.contains(" in " + BODY + ":"));
	}

	private static String rejected(List<KintoErrorDetail> details) {
		String names = details.stream()
			.map(KintoErrorDetail::name)
			.filter((name) -> name != null)
			.distinct()
			.map(ErrorMessage::quoted)
			.collect(Collectors.joining(", "));
		return "the server rejected " + (names.isEmpty() ? "the body" : names + " in the body")
				+ " (see details() and serverMessage(), which may quote data)";
	}

	private static String quoted(String name) {
		return (name.length() <= MAX_NAME) ? "'" + name + "'" : "'" + name.substring(0, MAX_NAME) + "…'";
	}

	/**
	 * Kinto's message repeats one of the details, with its name if there is one.
	 */
	private static boolean isIn(KintoErrorDetail detail, @Nullable String message) {
		return message != null && (message.equals(detail.description()) || message.equals(text(detail))
				|| message.equals(detail.name() + " in " + detail.location() + ": " + detail.description()));
	}

	private static String text(KintoErrorDetail detail) {
		String field = (detail.name() != null) ? detail.name() : detail.location();
		return (field != null) ? field + ": " + detail.description() : String.valueOf(detail.description());
	}

	/**
	 * Return the media type of the body without parameters, which may contain anything.
	 * @param before the prefix if there is a type
	 */
	static String mediaType(KintoResponse response, String before) {
		String contentType = response.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		try {
			MimeType type = (contentType != null) ? MimeTypeUtils.parseMimeType(contentType) : null;
			return (type != null) ? before + type.getType() + "/" + type.getSubtype() : "";
		}
		catch (InvalidMimeTypeException ex) {
			return "";
		}
	}

}
