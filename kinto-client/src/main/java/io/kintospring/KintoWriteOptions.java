package io.kintospring;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Immutable options for creating, changing or deleting an object. Each method returns a
 * new instance.
 *
 * @param options the options that are common to all operations
 * @param lastModified the version that the object must have, or {@code null} for the
 * version of the passed object, if any
 * @param objectId the id of the object that has this version, or {@code null} if it is
 * not known
 * @param permissions the new permissions, or {@code null} to keep them
 */
public record KintoWriteOptions(KintoOptions options, @Nullable KintoTimestamp lastModified, @Nullable String objectId,
		@Nullable KintoPermissions permissions) {

	private static final KintoWriteOptions NONE = new KintoWriteOptions(KintoOptions.of(), null, null, null);

	/**
	 * Create options.
	 * @param customizers set the options, applied in order
	 * @return the options, or empty ones without customizers
	 */
	public static KintoWriteOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Set whether this write is guarded against concurrent changes. This overrides the
	 * setting of the handle.
	 * @param safe whether the write is guarded
	 * @return new options with this setting
	 * @see KintoOptions#safe(boolean)
	 */
	public KintoWriteOptions safe(boolean safe) {
		return new KintoWriteOptions(this.options.safe(safe), this.lastModified, this.objectId, this.permissions);
	}

	/**
	 * Set the retry settings of the request, which override those of the handle.
	 * @param retry the settings, or {@link KintoRetry#none()} to send it once
	 * @return new options with these settings
	 */
	public KintoWriteOptions retry(KintoRetry retry) {
		return new KintoWriteOptions(this.options.retry(retry), this.lastModified, this.objectId, this.permissions);
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoWriteOptions header(String name, String value) {
		return new KintoWriteOptions(this.options.header(name, value), this.lastModified, this.objectId,
				this.permissions);
	}

	/**
	 * Write only if the object still has this version, with an {@code If-Match} header.
	 * Otherwise the operation throws a {@link KintoConflictException}. This has no effect
	 * with {@code safe(false)}. {@code create} and {@code createIfAbsent} do not support
	 * it.
	 * @param lastModified the version that you read
	 * @return new options with this version
	 */
	public KintoWriteOptions lastModified(KintoTimestamp lastModified) {
		return new KintoWriteOptions(this.options, lastModified, null, this.permissions);
	}

	/**
	 * Write only if the object still has the version that you read.
	 * @param object the object that you read
	 * @return new options with its version. The operation fails with an
	 * {@link IllegalArgumentException} if it is on an object with another id.
	 * @see #lastModified(KintoTimestamp)
	 */
	public KintoWriteOptions ifUnchanged(KintoObject<?> object) {
		return new KintoWriteOptions(this.options, object.lastModified(), object.id(), this.permissions);
	}

	/**
	 * Set the permissions to write with the data. Kinto adds the current user to
	 * {@code write}.
	 * <p>
	 * An update without permissions keeps all of them. An update with permissions clears
	 * those that you do not set, and a patch keeps them.
	 * @param permissions a function that adds principals to empty permissions, such as
	 * {@code (p) -> p.read("system.Everyone")}
	 * @return new options with these permissions
	 */
	public KintoWriteOptions permissions(UnaryOperator<KintoPermissions> permissions) {
		return permissions(permissions.apply(KintoPermissions.none()));
	}

	/**
	 * Set the permissions to write with the data.
	 * @param permissions the permissions
	 * @return new options with these permissions
	 * @see #permissions(UnaryOperator)
	 */
	public KintoWriteOptions permissions(KintoPermissions permissions) {
		return new KintoWriteOptions(this.options, this.lastModified, this.objectId, permissions);
	}

	/**
	 * Function that sets options, such as {@code (options) -> options.safe(false)}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoWriteOptions> {

	}

}
