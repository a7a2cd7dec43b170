package io.kintospring;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MimeTypeUtils;

/**
 * Immutable options for attaching a file to a record. Each method returns a new instance.
 * There is no option for a version, because the attachment plugin does not compare
 * versions.
 *
 * @param options the options that are common to all operations
 * @param permissions the new permissions of the record, or {@code null} to keep them
 * @param filename the name of the file, or {@code null} for the name of the resource
 * @param mimetype the media type of the file, or {@code null} to derive it from the name
 */
public record KintoUploadOptions(KintoOptions options, @Nullable KintoPermissions permissions,
		@Nullable String filename, @Nullable String mimetype) {

	private static final KintoUploadOptions NONE = new KintoUploadOptions(KintoOptions.of(), null, null, null);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if the media type is not valid, or HTTP cannot
	 * transfer it
	 */
	public KintoUploadOptions {
		if (mimetype != null) {
			HeaderValues.require("the media type", mimetype);
			MimeTypeUtils.parseMimeType(mimetype);
		}
	}

	/**
	 * Create options.
	 * @param customizers set the options, applied in order
	 * @return the options, or empty ones without customizers
	 */
	public static KintoUploadOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Set the retry settings of the request, which override those of the handle. An
	 * upload is sent again only if the server cannot have applied it.
	 * @param retry the settings, or {@link KintoRetry#none()} to send it once
	 * @return new options with these settings
	 */
	public KintoUploadOptions retry(KintoRetry retry) {
		return new KintoUploadOptions(this.options.retry(retry), this.permissions, this.filename, this.mimetype);
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoUploadOptions header(String name, String value) {
		return new KintoUploadOptions(this.options.header(name, value), this.permissions, this.filename, this.mimetype);
	}

	/**
	 * Set the permissions of the record.
	 * @param permissions a function that adds principals to empty permissions, such as
	 * {@code (p) -> p.read("system.Everyone")}
	 * @return new options with these permissions
	 */
	public KintoUploadOptions permissions(UnaryOperator<KintoPermissions> permissions) {
		return new KintoUploadOptions(this.options, permissions.apply(KintoPermissions.none()), this.filename,
				this.mimetype);
	}

	/**
	 * Set the name of the file.
	 * @param filename the name, without a path. Its extension must be allowed by the
	 * server.
	 * @return new options with this name
	 */
	public KintoUploadOptions filename(String filename) {
		return new KintoUploadOptions(this.options, this.permissions, filename, this.mimetype);
	}

	/**
	 * Set the media type of the file.
	 * @param mimetype the media type, such as {@code image/png}
	 * @return new options with this media type
	 * @throws IllegalArgumentException if it is not a valid media type, or HTTP cannot
	 * transfer it
	 */
	public KintoUploadOptions mimetype(String mimetype) {
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
