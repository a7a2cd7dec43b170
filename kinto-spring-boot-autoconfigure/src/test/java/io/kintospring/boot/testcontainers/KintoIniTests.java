package io.kintospring.boot.testcontainers;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link KintoIni}.
 */
class KintoIniTests {

	private static final Map<String, String> SERVER = Map.of("use", "egg:waitress#main", "host", "0.0.0.0", "port",
			"8888");

	private final KintoIni ini = new KintoIni(8888);

	@Test
	void defaultServerListensOnAllAddressesAndStoresDataInMemory() {
		Map<String, String> app = settings();
		app.put("kinto.storage_backend", "kinto.core.storage.memory");
		app.put("kinto.permission_backend", "kinto.core.permission.memory");
		app.put("kinto.cache_backend", "kinto.core.cache.memory");
		assertThat(Ini.parse(this.ini.content("test", null))).isEqualTo(Map.of("server:main", SERVER, "app:main", app));
	}

	@Test
	void postgresIsUsedByAllBackendsWithoutLostUpdates() {
		String url = "postgresql://me:secret@db:5432/kinto";
		Map<String, String> app = settings();
		app.put("kinto.storage_backend", "kinto.core.storage.postgresql");
		app.put("kinto.storage_url", url);
		app.put("kinto.storage_isolation_level", "REPEATABLE READ");
		app.put("kinto.permission_backend", "kinto.core.permission.postgresql");
		app.put("kinto.permission_url", url);
		app.put("kinto.cache_backend", "kinto.core.cache.postgresql");
		app.put("kinto.cache_url", url);
		assertThat(Ini.parse(this.ini.content("test", url))).isEqualTo(Map.of("server:main", SERVER, "app:main", app));
	}

	@Test
	void pluginsAreAddedOnce() {
		this.ini.include("kinto_attachment", "kinto.plugins.history");
		assertThat(Ini.settings(this.ini.content("test", null))).containsEntry("kinto.includes",
				"kinto.plugins.default_bucket kinto.plugins.accounts kinto.plugins.history kinto.plugins.flush"
						+ " kinto_attachment");
	}

	@Test
	void settingsReplaceDefaultsWithAndWithoutPrefix() {
		this.ini.set("includes", "kinto.plugins.accounts");
		this.ini.set("kinto.bucket_create_principals", "account:admin");
		this.ini.set("multiauth.policies", "account basicauth");
		assertThat(Ini.settings(this.ini.content("test", null)))
			.containsEntry("kinto.includes", "kinto.plugins.accounts")
			.containsEntry("kinto.bucket_create_principals", "account:admin")
			.containsEntry("multiauth.policies", "account basicauth")
			.doesNotContainKeys("includes", "kinto.multiauth.policies");
	}

	@Test
	void percentSignsAreEscaped() {
		this.ini.set("project_name", "100% %(here)s");
		assertThat(this.ini.content("test", "postgresql://me:p%40ss@db/kinto")).contains("100%% %%(here)s")
			.contains("p%%40ss");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a=b", "a:b", "[app:main]", "a\nb" })
	void invalidNamesAreRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.ini.set(name, "value"))
			.withMessageContaining("'" + name + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cr3t\nkinto.readonly = true", "s3cr3t\rb", "s3cr3t\r\n", "s3cr3t\0", "s3cr3t\u0085",
			" s3cr3t", "s3cr3t\t" })
	void valuesThatTheServerWouldReadDifferentlyAreRejectedAndNotShown(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.ini.set("userid_hmac_secret", value))
			.withMessageContaining("userid_hmac_secret")
			.withMessageNotContaining("s3cr3t");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "kinto attachment", "kinto_attachment\nkinto.readonly = true", "a,b", "a.", "kinto-x" })
	void invalidPluginsAreRejected(String plugin) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.ini.include("kinto_attachment", plugin))
			.withMessageContainingAll("'" + plugin + "'", "Python package");
	}

	@Test
	void valuesOfTheContainerAreCheckedAsWell() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.ini.content("ann\nkinto.readonly = true", null))
			.withMessageContaining("kinto.account_write_principals");
		assertThatIllegalArgumentException().isThrownBy(() -> this.ini.content("test", "postgresql://a\nlias/kinto"))
			.withMessageContaining("kinto.storage_url");
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("use", "egg:kinto");
		settings.put("kinto.includes",
				"kinto.plugins.default_bucket kinto.plugins.accounts kinto.plugins.history kinto.plugins.flush");
		settings.put("kinto.userid_hmac_secret", "testcontainers");
		settings.put("kinto.bucket_create_principals", "system.Authenticated");
		settings.put("kinto.account_create_principals", "system.Everyone");
		settings.put("kinto.account_write_principals", "account:test");
		settings.put("kinto.experimental_permissions_endpoint", "true");
		settings.put("kinto.experimental_collection_schema_validation", "true");
		settings.put("multiauth.policies", "account");
		settings.put("multiauth.policy.account.use",
				"kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy");
		return settings;
	}

}
