package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Calls to the permissions of one object. Each call returns the object with its
 * permissions. Writing permissions changes the version of the object.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/permissions.html">Kinto's
 * permissions</a>
 */
public final class PermissionCalls {

	private final ResourceContext parent;

	private final ObjectKind kind;

	private final String id;

	private final String path;

	private final Envelope<Map<String, Object>> envelope;

	PermissionCalls(ResourceContext parent, ObjectKind kind, String id) {
		this.parent = parent;
		this.kind = kind;
		this.id = id;
		this.path = kind.object(parent.path(), id);
		this.envelope = new Envelope<>(parent.json(), parent.json().attributes());
	}

	/**
	 * Read the permissions: {@code GET} on the object.
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> get(KintoReadOptions.Customizer... options) {
		return read("getPermissions", KintoReadOptions.of(options).options());
	}

	/**
	 * Replace all permissions: {@code PUT} on the object, without data.
	 * @param permissions a function that adds principals to empty permissions
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> set(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return set("setPermissions", permissions.apply(KintoPermissions.none()), options);
	}

	/**
	 * Remove all permissions except the write permission of the current user.
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> clear(KintoWriteOptions.Customizer... options) {
		return set("clearPermissions", KintoPermissions.none(), options);
	}

	/**
	 * Kinto ignores empty permissions, so they always name at least one permission.
	 */
	private KintoCall<KintoObject<Map<String, Object>>> set(String operation, KintoPermissions named,
			KintoWriteOptions.Customizer... customizers) {
		KintoWriteOptions options = options(operation, customizers);
		KintoPermissions sent = named.asMap().isEmpty() ? named.with("read", List.of()) : named;
		return write(operation, HttpMethod.PUT, options.options(),
				this.parent.preconditions(options.options()).replaceExisting(options.lastModified()), sent);
	}

	/**
	 * Add principals to permissions: {@code GET}, then {@code PATCH} with
	 * {@code If-Match}, in up to 10 attempts if there are conflicts.
	 * @param permissions a function that adds the principals to empty permissions
	 * @param options options of this call, without {@code lastModified}
	 * @return the flow
	 */
	public KintoFlow<KintoObject<Map<String, Object>>> grant(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		KintoPermissions granted = permissions.apply(KintoPermissions.none());
		return change("grantPermissions", (current) -> {
			KintoPermissions changed = KintoPermissions.none();
			for (Map.Entry<String, Set<String>> entry : granted.asMap().entrySet()) {
				changed = changed.with(entry.getKey(), current.principals(entry.getKey()))
					.with(entry.getKey(), entry.getValue());
			}
			return changed;
		}, options);
	}

	/**
	 * Remove principals from permissions: {@code GET}, then {@code PATCH} with
	 * {@code If-Match}, in up to 10 attempts if there are conflicts.
	 * @param permissions a function that adds the principals to remove to empty
	 * permissions
	 * @param options options of this call, without {@code lastModified}
	 * @return the flow
	 */
	public KintoFlow<KintoObject<Map<String, Object>>> revoke(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		KintoPermissions revoked = permissions.apply(KintoPermissions.none());
		return change("revokePermissions", (current) -> {
			KintoPermissions changed = KintoPermissions.none();
			for (Map.Entry<String, Set<String>> entry : revoked.asMap().entrySet()) {
				List<String> rest = new ArrayList<>(current.principals(entry.getKey()));
				rest.removeAll(entry.getValue());
				changed = changed.with(entry.getKey(), rest);
			}
			return changed;
		}, options);
	}

	/**
	 * Kinto rejects JSON Patches for groups as principals and for permissions without
	 * principals. A conflict contains the object without its permissions.
	 */
	private KintoFlow<KintoObject<Map<String, Object>>> change(String operation, UnaryOperator<KintoPermissions> change,
			KintoWriteOptions.Customizer... customizers) {
		KintoWriteOptions options = options(operation, customizers);
		Preconditions.requireNoOtherVersion(operation, options);
		return new OptimisticUpdate<>(read(operation, options.options()),
				(object) -> write(operation, HttpMethod.PATCH, options.options(),
						PreconditionHeader.unchangedSince(object.lastModified()), change.apply(object.permissions())),
				(conflict) -> null)
			.flow();
	}

	private static KintoWriteOptions options(String operation, KintoWriteOptions.Customizer... customizers) {
		KintoWriteOptions options = KintoWriteOptions.of(customizers);
		if (options.permissions() != null) {
			throw new IllegalArgumentException(
					operation + " has its own parameter for permissions: permissions(…) is not supported");
		}
		return options;
	}

	private KintoCall<KintoObject<Map<String, Object>>> read(String operation, KintoOptions options) {
		return object(new KintoRequest(operation, HttpMethod.GET, this.path, "",
				this.parent.headers(options, null, PreconditionHeader.NONE), null, this.parent.retry(options)));
	}

	private KintoCall<KintoObject<Map<String, Object>>> write(String operation, HttpMethod method, KintoOptions options,
			PreconditionHeader condition, KintoPermissions permissions) {
		HttpHeaders headers = this.parent.headers(options, MediaType.APPLICATION_JSON_VALUE, condition);
		return object(new KintoRequest(operation, method, this.path, "", headers, Envelope.write(permissions),
				this.parent.retry(options)));
	}

	private KintoCall<KintoObject<Map<String, Object>>> object(KintoRequest request) {
		return KintoCall.of(request, "permissions of a " + this.kind.word(), (response) -> {
			KintoObject<Map<String, Object>> object = this.envelope.readObject(response);
			this.kind.requireRequested(this.id, object.id());
			return object;
		}, Errors.ExistingReader.of(this.envelope, this.kind, this.id));
	}

}
