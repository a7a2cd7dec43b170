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
 * Writes the message of an exception for a response that is an error. Words of the server
 * that may quote data are left out: those on the body of a record, as Kinto repeats
 * values that do not match the schema, and those of anything that is not Kinto.
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
			appendWords(message, error);
		}
		if (error.status() == HttpStatus.NOT_MODIFIED.value()) {
			message.append("; the request asked for no answer unless something has changed");
		}
		else if (error.status() / 100 == 3) {
			message.append("; redirects are not followed: is the URL of the server complete, with its version?");
		}
		else if (error.errno() == null && !error.body().isEmpty()) {
			message.append("; the answer is not Kinto's").append(mediaType(response, ", but "));
			message.append(" (response().body() has it, up to 16 KiB)");
		}
		return message.toString();
	}

	private static void appendWords(StringBuilder message, KintoErrorResponse error) {
		boolean record = !NO_RECORD.matcher(error.path()).matches();
		List<KintoErrorDetail> quoting = error.details()
			.stream()
			.filter((detail) -> record && isOnBody(detail))
			.toList();
		boolean quotes = !quoting.isEmpty() || (record && isOnBody(error.message()));
		String words = quotes ? refused(quoting) : error.message();
		if (words != null) {
			message.append(": ").append(words);
		}
		error.details()
			.stream()
			.filter((detail) -> !quoting.contains(detail) && (quotes || !isTold(detail, error.message())))
			.map(ErrorMessage::text)
			.distinct()
			.forEach((text) -> message.append("; ").append(text));
	}

	private static boolean isOnBody(KintoErrorDetail detail) {
		return detail.location() == null || detail.location().equals(BODY);
	}

	private static boolean isOnBody(@Nullable String message) {
		return message != null && (message.startsWith(BODY + ":") || message.contains(" in " + BODY + ":"));
	}

	private static String refused(List<KintoErrorDetail> details) {
		String names = details.stream()
			.map(KintoErrorDetail::name)
			.filter((name) -> name != null)
			.distinct()
			.map(ErrorMessage::quoted)
			.collect(Collectors.joining(", "));
		return "the server refused " + (names.isEmpty() ? "the body" : names + " in the body")
				+ " (details() and serverMessage() have its words, which may quote data)";
	}

	private static String quoted(String name) {
		return (name.length() <= MAX_NAME) ? "'" + name + "'" : "'" + name.substring(0, MAX_NAME) + "…'";
	}

	/**
	 * Kinto's message is one of the details, in other words where that has a name.
	 */
	private static boolean isTold(KintoErrorDetail detail, @Nullable String message) {
		return message != null && (message.equals(detail.description()) || message.equals(text(detail))
				|| message.equals(detail.name() + " in " + detail.location() + ": " + detail.description()));
	}

	private static String text(KintoErrorDetail detail) {
		String field = (detail.name() != null) ? detail.name() : detail.location();
		return (field != null) ? field + ": " + detail.description() : String.valueOf(detail.description());
	}

	/**
	 * Return the type of the body alone, as a foreign header may hold anything.
	 * @param before what stands before the type, if there is one
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
