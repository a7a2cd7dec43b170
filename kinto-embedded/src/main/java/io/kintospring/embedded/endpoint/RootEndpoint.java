package io.kintospring.embedded.endpoint;

import java.time.Clock;
import java.util.Set;

import io.kintospring.embedded.attachment.FileUrls;
import io.kintospring.embedded.permission.Hmac;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.permission.TokenAuthentication;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;

/**
 * Endpoint that describes the server, its capabilities and the user.
 */
final class RootEndpoint {

	/**
	 * Version of the API.
	 */
	static final String API_VERSION = "1.23";

	private static final String API_DOCS = KintoSetting.DOCUMENTATION + "en/latest/api/1.x/";

	private static final String AUTHENTICATION = "http://kinto.readthedocs.io/en/stable/api/1.x/authentication.html";

	private static final int LIFETIME_SECONDS = 86_400;

	private final KintoServerSettings settings;

	private final Hmac hmac;

	private final Clock clock;

	private final FileUrls fileUrls;

	private final boolean openid;

	/**
	 * Create the endpoint.
	 * @param settings the settings of the server
	 * @param hmac derives the ids of personal buckets
	 * @param clock the clock
	 * @param openid whether the server accepts bearer tokens
	 */
	RootEndpoint(KintoServerSettings settings, Hmac hmac, Clock clock, boolean openid) {
		this.openid = openid;
		this.clock = clock;
		this.settings = settings;
		this.hmac = hmac;
		this.fileUrls = new FileUrls(settings);
	}

	Service service() {
		return new Service("/").on(HttpMethod.GET, this::hello)
			.describedBy(ServiceDescription.of("Utilities", HttpMethod.GET, "server_info"));
	}

	private KintoResponse hello(Call call) {
		ObjectNode body = Json.object();
		body.put("project_name", this.settings.get(KintoSetting.PROJECT_NAME));
		body.put("project_version", "26.2.1-embedded");
		body.put("http_api_version", API_VERSION);
		body.put("project_docs", KintoSetting.DOCUMENTATION);
		body.put("url", call.request().root() + "/");
		body.putNull("config");
		this.settings.get(KintoSetting.EOS).ifPresent((end) -> body.put("eos", end.text()));
		body.putObject("settings")
			.put("batch_max_requests", this.settings.get(KintoSetting.BATCH_MAX_REQUESTS))
			.put("readonly", this.settings.get(KintoSetting.READONLY))
			.put("explicit_permissions", true);
		if (call.principals().userId() != null) {
			describe(call.principals(), call.principals().userId(), body.putObject("user"));
		}
		describeCapabilities(call.request(), body.putObject("capabilities"));
		return withCaching(KintoResponse.ok(body));
	}

	private KintoResponse withCaching(KintoResponse response) {
		return this.settings.get(KintoSetting.READONLY) ? response.cached(LIFETIME_SECONDS, this.clock) : response;
	}

	private void describe(Principals principals, String userId, ObjectNode user) {
		user.put("id", userId);
		ArrayNode all = user.putArray("principals");
		principals.all().forEach(all::add);
		if (this.openid) {
			ObjectNode profile = user.putObject("profile");
			String subject = TokenAuthentication.subject(userId);
			if (subject != null) {
				profile.put("sub", subject);
			}
		}
		if (this.settings.plugins().contains(Plugin.DEFAULT_BUCKET)) {
			user.put("bucket", DefaultBucket.id(this.hmac, userId));
		}
	}

	private void describeCapabilities(KintoRequest request, ObjectNode capabilities) {
		Set<Plugin> plugins = this.settings.plugins();
		if (this.settings.get(KintoSetting.MULTIAUTH_POLICIES).contains(KintoSetting.BASICAUTH)) {
			describe(capabilities, "basicauth", "Very basic authentication sessions. Not for production use.",
					AUTHENTICATION);
		}
		if (plugins.contains(Plugin.DEFAULT_BUCKET)) {
			describe(capabilities, "default_bucket",
					"The default bucket is an alias for a personal bucket where collections are created implicitly.",
					API_DOCS + "buckets.html#personal-bucket-default");
		}
		if (plugins.contains(Plugin.FLUSH)) {
			describe(capabilities, "flush_endpoint",
					"The __flush__ endpoint can be used to remove all data from all backends.",
					API_DOCS + "flush.html");
		}
		if (plugins.contains(Plugin.COUNTERS)) {
			describe(capabilities, "counters_endpoint",
					"The __counters__ endpoint exposes how many objects are stored.", API_DOCS + "counters.html");
		}
		if (plugins.contains(Plugin.HISTORY)) {
			describe(capabilities, "history", "Track changes on data.",
					"http://kinto.readthedocs.io/en/latest/api/1.x/history.html");
		}
		if (plugins.contains(Plugin.ACCOUNTS)) {
			describe(capabilities, "accounts", "Manage user accounts.", API_DOCS + "accounts.html")
				.put("validation_enabled", false);
		}
		if (this.openid) {
			describeOpenid(request, describe(capabilities, "openid", "OpenID connect support.", AUTHENTICATION));
		}
		if (plugins.contains(Plugin.ATTACHMENT)) {
			capabilities.putObject("attachments")
				.put("description", "Add file attachments to records")
				.put("url", "https://github.com/Kinto/kinto-attachment/")
				.put("version", "9.0.1-embedded")
				.put("base_url", this.fileUrls.base(request.root()));
		}
		if (this.settings.get(KintoSetting.EXPERIMENTAL_COLLECTION_SCHEMA_VALIDATION)) {
			describe(capabilities, "schema", "Validates collection records with JSON schemas.",
					API_DOCS + "collections.html#collection-json-schema");
		}
		if (this.settings.get(KintoSetting.EXPERIMENTAL_PERMISSIONS_ENDPOINT)) {
			describe(capabilities, "permissions_endpoint",
					"The permissions endpoint can be used to list all user objects permissions.",
					KintoSetting.DOCUMENTATION
							+ "en/latest/configuration/settings.html#activating-the-permissions-endpoint");
		}
	}

	/**
	 * Describe a provider, as if this server issued the tokens. The addresses for its
	 * login and its users do not exist.
	 */
	private static void describeOpenid(KintoRequest request, ObjectNode capability) {
		capability.putArray("providers")
			.addObject()
			.put("name", KintoSetting.OPENID)
			.put("issuer", request.root())
			.put("auth_path", "/openid/" + KintoSetting.OPENID + "/login")
			.put("client_id", "kinto-embedded")
			.put("audience", "")
			.put("header_type", "Bearer")
			.put("userinfo_endpoint", request.root() + "/openid/" + KintoSetting.OPENID + "/userinfo");
	}

	private static ObjectNode describe(ObjectNode capabilities, String name, String description, String url) {
		return capabilities.putObject(name).put("description", description).put("url", url);
	}

}
