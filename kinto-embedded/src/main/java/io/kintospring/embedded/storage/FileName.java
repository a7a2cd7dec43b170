package io.kintospring.embedded.storage;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/**
 * Name of a file, split into stem and extension.
 *
 * @param stem the part before the extension
 * @param extension the extension with its dot, or an empty string
 */
public record FileName(String stem, String extension) {

	/**
	 * Split a name. Leading dots do not start an extension.
	 * @param name the name, with or without a path
	 * @return the file name
	 */
	public static FileName of(String name) {
		String bare = withoutPath(name);
		int dot = bare.lastIndexOf('.');
		boolean extended = bare.chars().limit(Math.max(dot, 0)).anyMatch((c) -> c != '.');
		int end = extended ? name.length() - bare.length() + dot : name.length();
		return new FileName(name.substring(0, end), name.substring(end));
	}

	/**
	 * Return a variant of this name that is safe in paths and URLs.
	 * @return the letters, digits, dots, hyphens and underscores of this name, without
	 * its path
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
	 * Return an unguessable name.
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
