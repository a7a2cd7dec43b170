package io.kintospring.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Builder for multipart forms, which does not correct invalid input.
 */
final class TestForm {

	private static final String BOUNDARY = "a-boundary";

	private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

	private String end = "--" + BOUNDARY + "--\r\n";

	/**
	 * Create a form with a valid file.
	 * @param content the content of the file
	 * @return the form
	 */
	static TestForm file(String content) {
		return new TestForm().file("attachment", "note.txt", content);
	}

	TestForm file(String name, String filename, String content) {
		return part("form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: text/x-note; charset=utf-8"
			.formatted(name, filename), content.getBytes(StandardCharsets.UTF_8));
	}

	TestForm field(String name, String value) {
		return part("form-data; name=\"%s\"".formatted(name), value.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Add a part.
	 * @param disposition the value of the {@code Content-Disposition} header, optionally
	 * followed by other headers
	 * @param content the content
	 * @return this form
	 */
	TestForm part(String disposition, byte[] content) {
		write("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
		this.parts.writeBytes(content);
		write("\r\n");
		return this;
	}

	TestForm unfinished() {
		this.end = "";
		return this;
	}

	String type() {
		return "multipart/form-data; boundary=" + BOUNDARY;
	}

	byte[] body() {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(this.parts.toByteArray());
		body.writeBytes(this.end.getBytes(StandardCharsets.UTF_8));
		return body.toByteArray();
	}

	private void write(String text) {
		this.parts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

}
