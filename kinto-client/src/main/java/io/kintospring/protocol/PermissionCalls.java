package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The calls to the permissions of one object. What each call does is told by the
 * interface of the same methods, {@code PermissionOperations}.
 */
public final class PermissionCalls {

	private final Scope parent;

	private final ObjectKind kind;

	private final String id;

	private final String path;

	private final Envelope<Map<String, Object>> envelope;

	PermissionCalls(Scope parent, ObjectKind kind, String id) {
		this.parent = parent;
		this.kind = kind;
		this.id = id;
		this.path = kind.object(parent.path(), id);
		this.envelope = new Envelope<>(parent.json(), parent.json().attributes());
	}

	public KintoCall<KintoPermissions> get() {
		return read("getPermissions").map(KintoObject::permissions);
	}

	public KintoCall<KintoPermissions> set(UnaryOperator<KintoPermissions> permissions) {
		return set("setPermissions", permissions.apply(KintoPermissions.none()));
	}

	public KintoCall<KintoPermissions> clear() {
		return set("clearPermissions", KintoPermissions.none());
	}

	/**
	 * To replace by nobody, at least one permission must be named: Kinto takes an empty
	 * object for no change.
	 */
	private KintoCall<KintoPermissions> set(String operation, KintoPermissions named) {
		KintoPermissions sent = named.asMap().isEmpty() ? named.with("read", List.of()) : named;
		HttpHeaders headers = headers(new Preconditions(this.parent.options()).mustExist());
		return object(new KintoRequest(operation, HttpMethod.PUT, this.path, "", headers, Envelope.write(sent)))
			.map(KintoObject::permissions);
	}

	public KintoFlow<KintoPermissions> grant(UnaryOperator<KintoPermissions> permissions) {
		KintoPermissions granted = permissions.apply(KintoPermissions.none());
		return change("grantPermissions", (current) -> {
			KintoPermissions changed = KintoPermissions.none();
			for (Map.Entry<String, Set<String>> entry : granted.asMap().entrySet()) {
				changed = changed.with(entry.getKey(), current.principals(entry.getKey()))
					.with(entry.getKey(), entry.getValue());
			}
			return changed;
		}, 1);
	}

	public KintoFlow<KintoPermissions> revoke(UnaryOperator<KintoPermissions> permissions) {
		KintoPermissions revoked = permissions.apply(KintoPermissions.none());
		return change("revokePermissions", (current) -> {
			KintoPermissions changed = KintoPermissions.none();
			for (Map.Entry<String, Set<String>> entry : revoked.asMap().entrySet()) {
				List<String> rest = new ArrayList<>(current.principals(entry.getKey()));
				rest.removeAll(entry.getValue());
				changed = changed.with(entry.getKey(), rest);
			}
			return changed;
		}, 1);
	}

	/**
	 * Read, change, and write the permissions that are named, if nobody was faster. A
	 * JSON patch would do it in one request, but not for principals that are groups, nor
	 * where a permission has nobody yet.
	 */
	private KintoFlow<KintoPermissions> change(String operation, UnaryOperator<KintoPermissions> change, int attempt) {
		return KintoFlow.ask(read(operation), Contention.pauseAfter(attempt - 1)).then((object) -> {
			HttpHeaders headers = headers(Condition.unchangedSince(object.lastModified()));
			return KintoFlow.ask(object(new KintoRequest(operation, HttpMethod.PATCH, this.path, "", headers,
					Envelope.write(change.apply(object.permissions())))));
		}).then((object) -> KintoFlow.done(object.permissions())).recover(KintoConflictException.class, (ex) -> {
			if (Contention.isLast(attempt)) {
				throw ex;
			}
			return change(operation, change, attempt + 1);
		});
	}

	private KintoCall<KintoObject<Map<String, Object>>> read(String operation) {
		return object(new KintoRequest(operation, HttpMethod.GET, this.path, "",
				this.parent.headers(this.parent.options(), null, Condition.NONE), null));
	}

	private HttpHeaders headers(Condition condition) {
		return this.parent.headers(this.parent.options(), MediaType.APPLICATION_JSON_VALUE, condition);
	}

	private KintoCall<KintoObject<Map<String, Object>>> object(KintoRequest request) {
		return KintoCall.of(request, "permissions of a " + this.kind.word(), (response) -> {
			KintoObject<Map<String, Object>> object = this.envelope.readObject(response);
			this.kind.requireAsked(this.id, object.id());
			return object;
		}, Errors.ExistingReader.of(this.envelope, this.kind, this.id));
	}

}
