package io.kintospring.embedded.storage;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/**
 * The name of a file.
 *
 * @param stem what is before the extension
 * @param extension the extension with its dot, empty if there is none
 */
public record FileName(String stem, String extension) {

	/**
	 * Divides a name. Dots that it starts with are of no extension.
	 * @param name the name, with or without a path
	 * @return the name
	 */
	public static FileName of(String name) {
		String bare = withoutPath(name);
		int dot = bare.lastIndexOf('.');
		boolean extended = bare.chars().limit(Math.max(dot, 0)).anyMatch((c) -> c != '.');
		int end = extended ? name.length() - bare.length() + dot : name.length();
		return new FileName(name.substring(0, end), name.substring(end));
	}

	/**
	 * A name that can be part of any path and URL.
	 * @return the letters, digits, dots, dashes and underscores of this name, without its
	 * path
	 */
	public FileName safe() {
		String ascii = Normalizer.normalize(withoutPath(toString()), Normalizer.Form.NFKD)
			.replaceAll("[^\\p{ASCII}]", "");
		return of(ascii.strip()
			.replaceAll("\\s+", "_")
			.replaceAll("[^A-Za-z0-9_.-]", "")
			.replaceAll("^[._]+|[._]+$", ""));
	}

	/**
	 * A name that nobody can guess.
	 * @return a random name with the extension of this one
	 */
	public FileName random() {
		return new FileName(UUID.randomUUID().toString(), this.extension.toLowerCase(Locale.ROOT));
	}

	FileName numbered(int number) {
		return new FileName(this.stem + "-" + number, this.extension);
	}

	private static String withoutPath(String name) {
		return name.substring(name.lastIndexOf('/') + 1);
	}

	@Override
	public String toString() {
		return this.stem + this.extension;
	}

}
