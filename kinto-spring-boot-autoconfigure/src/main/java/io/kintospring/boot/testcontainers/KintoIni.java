package io.kintospring.boot.testcontainers;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Configuration file of a Kinto server that listens on all addresses of its container.
 */
class KintoIni {

	private static final String PREFIX = "kinto.";

	private static final List<String> OTHER_PREFIXES = List.of("multiauth.", "pyramid.", "tm.");

	private static final Pattern NAME = Pattern.compile("[\\w.-]+");

	private static final Pattern PLUGIN = Pattern.compile("\\w+(\\.\\w+)*");

	private static final List<String> BACKENDS = List.of("storage", "permission", "cache");

	private final int port;

	private final Set<String> plugins = new LinkedHashSet<>(List.of("kinto.plugins.default_bucket",
			"kinto.plugins.accounts", "kinto.plugins.history", "kinto.plugins.flush"));

	private final Map<String, String> settings = new LinkedHashMap<>();

	KintoIni(int port) {
		this.port = port;
	}

	void include(String... plugins) {
		for (String plugin : plugins) {
			if (!PLUGIN.matcher(plugin).matches()) {
				throw new IllegalArgumentException(
						"The plugin '" + plugin + "' must be the name of a Python package, such as kinto_attachment");
			}
			this.plugins.add(plugin);
		}
	}

	void set(String name, String value) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The setting name '" + name
					+ "' must consist of letters, digits, underscores, dots and dashes, such as kinto.paginate_by");
		}
		requireValid(name, value);
		this.settings.put(isPrefixed(name) ? name : PREFIX + name, value);
	}

	/**
	 * Check that the server reads the same value. The message does not contain the value,
	 * which may be secret.
	 */
	private static void requireValid(String name, String value) {
		if (value.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					"The value of the setting " + name + " must not contain line breaks or other control characters");
		}
		if (!value.equals(value.strip())) {
			throw new IllegalArgumentException("The value of the setting " + name
					+ " must not start or end with a blank, which the server would ignore");
		}
	}

	private static boolean isPrefixed(String name) {
		return name.startsWith(PREFIX) || OTHER_PREFIXES.stream().anyMatch(name::startsWith);
	}

	/**
	 * Return the content of the file.
	 * @param administrator the name of the account that can change all accounts
	 * @param postgresUrl the URL of the database, or {@code null} to keep the data in
	 * memory
	 */
	String content(String administrator, @Nullable String postgresUrl) {
		Map<String, String> settings = defaults(administrator, postgresUrl);
		settings.putAll(this.settings);
		StringBuilder ini = new StringBuilder();
		ini.append("[server:main]\nuse = egg:waitress#main\nhost = 0.0.0.0\nport = ").append(this.port);
		ini.append("\n\n[app:main]\nuse = egg:kinto\n");
		settings.forEach((name, value) -> {
			requireValid(name, value);
			ini.append(name).append(" = ").append(value.replace("%", "%%")).append('\n');
		});
		return ini.toString();
	}

	private Map<String, String> defaults(String administrator, @Nullable String postgresUrl) {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("kinto.includes", String.join(" ", this.plugins));
		defaults.put("kinto.userid_hmac_secret", "testcontainers");
		defaults.put("kinto.bucket_create_principals", "system.Authenticated");
		defaults.put("kinto.account_create_principals", "system.Everyone");
		defaults.put("kinto.account_write_principals", "account:" + administrator);
		defaults.put("kinto.experimental_permissions_endpoint", "true");
		defaults.put("kinto.experimental_collection_schema_validation", "true");
		defaults.put("multiauth.policies", "account");
		defaults.put("multiauth.policy.account.use",
				"kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy");
		for (String backend : BACKENDS) {
			String type = (postgresUrl != null) ? "postgresql" : "memory";
			defaults.put(PREFIX + backend + "_backend", "kinto.core." + backend + "." + type);
			if (postgresUrl != null) {
				defaults.put(PREFIX + backend + "_url", postgresUrl);
			}
		}
		if (postgresUrl != null) {
			defaults.put("kinto.storage_isolation_level", "REPEATABLE READ");
		}
		return defaults;
	}

}
