package io.kintospring.embedded.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * File extensions that attachments can have.
 *
 * @param allowed the extensions in lower case and without the dot; empty to allow all
 */
public record FileExtensions(Set<String> allowed) {

	// @formatter:off
	private static final Map<String, String> GROUPS = Map.of(
			"any", "",
			"archives", "7z bz2 gz tar tgz txz zip",
			"audio", "aac flac mp3 oga ogg wav",
			"data", "csv ini json plist xml yaml yml",
			"documents", "abw doc docx gnumeric odf ods pdf rtf xls xlsx",
			"executables", "dll exe so",
			"images", "bmp gif jpe jpeg jpg png svg tiff",
			"scripts", "js php pl py rb sh",
			"text", "txt",
			"video", "3gp avi divx dvr flv mp4 mpeg wmv");
	// @formatter:on

	/**
	 * Parse a configured value.
	 * @param text groups and single extensions, separated by plus signs, such as
	 * {@code images+pdf}; {@code default} is a group, too
	 * @return the extensions
	 */
	public static FileExtensions parse(String text) {
		return new FileExtensions(Arrays.stream(text.replace("default", "documents+text+images+data").split("\\+"))
			.map(String::strip)
			.flatMap((word) -> Stream.of(GROUPS.getOrDefault(word, word.toLowerCase(Locale.ROOT)).split("\\s+")))
			.filter((extension) -> !extension.isEmpty())
			.collect(Collectors.toUnmodifiableSet()));
	}

	/**
	 * Return whether a file can have an extension.
	 * @param extension the extension, with or without the dot
	 * @return whether the extension is allowed
	 */
	public boolean allow(String extension) {
		return this.allowed.isEmpty() || this.allowed.contains(extension.replace(".", "").toLowerCase(Locale.ROOT));
	}

}
