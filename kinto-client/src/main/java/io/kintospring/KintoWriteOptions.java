package io.kintospring;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Options of creating, changing or deleting one object. Immutable: each method returns a
 * new value.
 *
 * @param options what is common to all operations
 * @param lastModified the version that the object must still have, or {@code null} for
 * the one that comes with the object, if any
 * @param permissions the permissions to write, or {@code null} to leave them
 */
public record KintoWriteOptions(KintoOptions options, @Nullable KintoTimestamp lastModified,
		@Nullable KintoPermissions permissions) {

	private static final KintoWriteOptions NONE = new KintoWriteOptions(KintoOptions.of(), null, null);

	/**
	 * Create options.
	 * @param customizers set the options, in this order
	 * @return the options; empty without customizers
	 */
	public static KintoWriteOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Say how careful this write is, whatever the handle says.
	 * @param safe whether concurrent changes are guarded against
	 * @return these options with that
	 * @see KintoOptions#safe(boolean)
	 */
	public KintoWriteOptions safe(boolean safe) {
		return new KintoWriteOptions(this.options.safe(safe), this.lastModified, this.permissions);
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoWriteOptions header(String name, String value) {
		return new KintoWriteOptions(this.options.header(name, value), this.lastModified, this.permissions);
	}

	/**
	 * Write only if the object still has this version; otherwise the operation fails with
	 * a {@link KintoConflictException}.
	 * @param lastModified the version that was read
	 * @return these options with that
	 */
	public KintoWriteOptions lastModified(KintoTimestamp lastModified) {
		return new KintoWriteOptions(this.options, lastModified, this.permissions);
	}

	/**
	 * Write only if the object still has the version of an object that you read.
	 * @param object the object that you read
	 * @return these options with that version
	 * @see #lastModified(KintoTimestamp)
	 */
	public KintoWriteOptions ifUnchanged(KintoObject<?> object) {
		return lastModified(object.lastModified());
	}

	/**
	 * Write permissions with the data. An update leaves the permissions as they are
	 * unless at least one is named; then those that are not named are emptied, where a
	 * patch leaves them. The server adds who writes to {@code write}.
	 * @param permissions adds to no permissions
	 * @return these options with that
	 */
	public KintoWriteOptions permissions(UnaryOperator<KintoPermissions> permissions) {
		return permissions(permissions.apply(KintoPermissions.none()));
	}

	/**
	 * Write permissions with the data.
	 * @param permissions the permissions
	 * @return these options with that
	 * @see #permissions(UnaryOperator)
	 */
	public KintoWriteOptions permissions(KintoPermissions permissions) {
		return new KintoWriteOptions(this.options, this.lastModified, permissions);
	}

	/**
	 * Function that sets options, such as {@code (options) -> options.safe(false)}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoWriteOptions> {

	}

}
