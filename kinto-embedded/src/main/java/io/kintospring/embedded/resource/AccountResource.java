package io.kintospring.embedded.resource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.kintospring.embedded.permission.AccountAuthentication;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * Accounts with passwords. Users can create only their own account, unless they are
 * administrators.
 */
public final class AccountResource extends Resource {

	public static final String NAME = "account";

	public static final String PASSWORD = "password";

	private static final int MAX_PASSWORD_BYTES = 72;

	private final Set<String> administrators;

	public AccountResource(KintoServerSettings settings) {
		super(NAME, null, Set.of("read", "write"), IdGenerator.ACCOUNT);
		this.administrators = settings.get(KintoSetting.principals(NAME, "write"));
	}

	@Override
	boolean requiresData() {
		return true;
	}

	@Override
	public boolean requiresId() {
		return true;
	}

	@Override
	public boolean requiresIdFirst(Principals principals) {
		return managesAllAccounts(principals);
	}

	@Override
	public void requireListable(Principals principals) {
		if (!principals.authenticated()) {
			throw KintoError.anonymous("Cannot read accounts.");
		}
	}

	@Override
	public boolean isVisible(ObjectUri uri, Principals principals) {
		return managesAllAccounts(principals) || isOwn(uri, principals);
	}

	/**
	 * Exclude the accounts of others, even if the user has permissions on them.
	 */
	@Override
	public @Nullable Set<String> visible(@Nullable Set<String> ids, Principals principals) {
		if (managesAllAccounts(principals)) {
			return ids;
		}
		String own = AccountAuthentication.name(principals);
		return (own != null && (ids == null || ids.contains(own))) ? Set.of(own) : Set.of();
	}

	@Override
	String owner(ObjectUri uri, Principals principals) {
		return managesAllAccounts(principals) ? AccountAuthentication.userId(uri.id()) : principals.current();
	}

	@Override
	@Nullable String initialOwner(ObjectUri uri) {
		return AccountAuthentication.userId(uri.id());
	}

	@Override
	public void validate(ObjectNode data, String prefix, Validation validation) {
		JsonNode password = data.path(PASSWORD);
		if (!password.isString() || password.asString().isEmpty()) {
			validation.add(ErrorDetail.body(prefix + PASSWORD, "Is required, as a text that is not empty"));
		}
		else if (password.asString().getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
			validation
				.add(ErrorDetail.body(prefix + PASSWORD, "Should be of at most " + MAX_PASSWORD_BYTES + " bytes"));
		}
	}

	@Override
	void process(Draft draft) {
		if (!managesAllAccounts(draft.principals()) && !isOwn(draft.uri(), draft.principals())) {
			throw KintoError.invalid(ErrorDetail.body("data.id", "Is not the name of the user"));
		}
		if (draft.sends(PASSWORD)) {
			draft.data().put(PASSWORD, AccountAuthentication.hash(draft.data().path(PASSWORD).asString()));
		}
	}

	private boolean managesAllAccounts(Principals principals) {
		return !principals.authenticated() || principals.among(this.administrators);
	}

	private static boolean isOwn(ObjectUri uri, Principals principals) {
		return AccountAuthentication.userId(uri.id()).equals(principals.userId());
	}

}
