package io.kintospring.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoErrorResponse;
import io.kintospring.KintoObject;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;

import org.springframework.http.MediaType;

/**
 * Calls to accounts. Kinto returns password hashes; they are removed from results and
 * exceptions.
 */
final class AccountCalls {

	private static final String PASSWORD = "password";

	private final ObjectCalls<Map<String, Object>> accounts;

	AccountCalls(ResourceContext root) {
		this.accounts = new ObjectCalls<>(root, ObjectKind.ACCOUNT, root.json().attributes());
	}

	KintoCall<KintoObject<Map<String, Object>>> create(String name, String password) {
		return withoutHash(this.accounts.create(name, Map.of(PASSWORD, password)));
	}

	/**
	 * Other attributes are kept. The new password does not depend on the old one, so no
	 * version is compared.
	 */
	KintoCall<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return withoutHash(this.accounts.patch("changePassword", name, Map.of(PASSWORD, password),
				KintoWriteOptions.of().safe(false), MediaType.APPLICATION_JSON_VALUE));
	}

	KintoCall<KintoTombstone> delete(String name) {
		return this.accounts.delete(name, KintoWriteOptions.of().safe(false)).requiring(Capabilities.ACCOUNTS);
	}

	private KintoCall<KintoObject<Map<String, Object>>> withoutHash(KintoCall<KintoObject<Map<String, Object>>> call) {
		return call.map(AccountCalls::withoutHash).recover(KintoConflictException.class, (ex) -> {
			throw withoutHash(ex);
		}).requiring(Capabilities.ACCOUNTS);
	}

	private static KintoObject<Map<String, Object>> withoutHash(KintoObject<Map<String, Object>> account) {
		Map<String, Object> data = new LinkedHashMap<>(account.data());
		data.remove(PASSWORD);
		return account.withData(data);
	}

	private static KintoConflictException withoutHash(KintoConflictException conflict) {
		KintoErrorResponse response = conflict.response();
		return new KintoConflictException(String.valueOf(conflict.getMessage()),
				new KintoErrorResponse(response.operation(), response.method(), response.path(), response.status(),
						response.errno(), response.error(), response.message(), response.details(), ""),
				conflict.isDuplicate(), null);
	}

}
