package io.kintospring;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MimeTypeUtils;

/**
 * Options of attaching a file to a record. Immutable: each method returns a new value.
 * There is none for a version: the server compares none here.
 *
 * @param options what is common to all operations
 * @param permissions the permissions of the record to write, or {@code null} to leave
 * them
 * @param filename the name of the file, or {@code null} for the one that it has
 * @param mimetype the media type of the file, or {@code null} for the one that its name
 * tells
 */
public record KintoUploadOptions(KintoOptions options, @Nullable KintoPermissions permissions,
		@Nullable String filename, @Nullable String mimetype) {

	private static final KintoUploadOptions NONE = new KintoUploadOptions(KintoOptions.of(), null, null, null);

	/**
	 * Create options.
	 * @param customizers set the options, in this order
	 * @return the options; empty without customizers
	 */
	public static KintoUploadOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoUploadOptions header(String name, String value) {
		return new KintoUploadOptions(this.options.header(name, value), this.permissions, this.filename, this.mimetype);
	}

	/**
	 * Write permissions of the record, too.
	 * @param permissions adds to no permissions
	 * @return these options with that
	 */
	public KintoUploadOptions permissions(UnaryOperator<KintoPermissions> permissions) {
		return new KintoUploadOptions(this.options, permissions.apply(KintoPermissions.none()), this.filename,
				this.mimetype);
	}

	/**
	 * Give the file another name.
	 * @param filename the name, without a path; servers are configured for the extensions
	 * that they take
	 * @return these options with that
	 */
	public KintoUploadOptions filename(String filename) {
		return new KintoUploadOptions(this.options, this.permissions, filename, this.mimetype);
	}

	/**
	 * Say what the file is.
	 * @param mimetype its media type, such as {@code image/png}
	 * @return these options with that
	 * @throws IllegalArgumentException if it cannot be a media type, or if HTTP cannot
	 * carry it
	 */
	public KintoUploadOptions mimetype(String mimetype) {
		HeaderValues.require("the media type", mimetype);
		MimeTypeUtils.parseMimeType(mimetype);
		return new KintoUploadOptions(this.options, this.permissions, this.filename, mimetype);
	}

	/**
	 * Function that sets options, such as
	 * {@code (options) -> options.filename("photo.png")}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoUploadOptions> {

	}

}
