package io.kintospring.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;

/**
 * Form with one file (RFC 7578). Unlike Spring's codec it knows its length if the file
 * has one, because proxies may reject bodies without a length.
 */
final class MultipartForm extends AbstractResource {

	private static final String LINE = "\r\n";

	private final String boundary = UUID.randomUUID().toString();

	private final byte[] head;

	private final Resource file;

	private final byte[] tail;

	/**
	 * Create a form.
	 * @param fields the other parts, by name
	 * @param name the name of the file part
	 * @param filename the name of the file
	 * @param mimetype the media type of the file
	 * @param file the content of the file
	 * @throws IllegalArgumentException if the name of the file contains the character
	 * U+0000
	 */
	MultipartForm(Map<String, String> fields, String name, String filename, String mimetype, Resource file) {
		if (filename.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("The name of the file contains the character U+0000,"
					+ " which Kinto cannot store on PostgreSQL: use another filename(…)");
		}
		StringBuilder text = new StringBuilder();
		fields
			.forEach((field, value) -> text.append(start(field)).append(LINE).append(LINE).append(value).append(LINE));
		text.append(start(name))
			.append("; filename=\"")
			.append(escaped(filename))
			.append('"')
			.append(LINE)
			.append("Content-Type: ")
			.append(mimetype)
			.append(LINE)
			.append(LINE);
		this.head = text.toString().getBytes(StandardCharsets.UTF_8);
		this.file = file;
		this.tail = (LINE + "--" + this.boundary + "--" + LINE).getBytes(StandardCharsets.UTF_8);
	}

	private String start(String name) {
		return "--" + this.boundary + LINE + "Content-Disposition: form-data; name=\"" + name + '"';
	}

	/**
	 * Escapes like browsers, as Kinto expects.
	 */
	private static String escaped(String filename) {
		return filename.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
	}

	MediaType mediaType() {
		return new MediaType(MediaType.MULTIPART_FORM_DATA, Map.of("boundary", this.boundary));
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new SequenceInputStream(Collections.enumeration(List.of(new ByteArrayInputStream(this.head),
				this.file.getInputStream(), new ByteArrayInputStream(this.tail))));
	}

	/**
	 * Return the length, or -1 if the length of the file is unknown.
	 */
	@Override
	public long contentLength() throws IOException {
		long length = (this.file.getClass() != InputStreamResource.class) ? this.file.contentLength() : -1;
		return (length >= 0) ? this.head.length + length + this.tail.length : -1;
	}

	/**
	 * Return whether the file can be read only once.
	 */
	@Override
	public boolean isOpen() {
		return this.file.isOpen();
	}

	@Override
	public String getDescription() {
		return this.file.getDescription();
	}

}
