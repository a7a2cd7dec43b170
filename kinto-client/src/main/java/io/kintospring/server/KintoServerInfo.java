package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Information about a server, its settings and capabilities, and the current user.
 *
 * @param projectName the name of the service, by default {@code kinto}
 * @param projectVersion the version of the server
 * @param httpApiVersion the version of the HTTP API
 * @param projectDocs the URL of the documentation, empty if there is none
 * @param url the URL of the API according to the server's configuration
 * @param settings the settings that matter to clients
 * @param capabilities the capabilities by name
 * @param user the current user, or {@code null} without valid credentials
 * @param eos the date of the end of service, or {@code null} if none is set
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's
 * utility endpoints</a>
 */
public record KintoServerInfo(@JsonProperty("project_name") String projectName,
		@JsonProperty("project_version") String projectVersion,
		@JsonProperty("http_api_version") KintoApiVersion httpApiVersion,
		@JsonProperty("project_docs") String projectDocs, @JsonProperty("url") String url,
		@JsonProperty("settings") KintoServerSettings settings,
		@JsonProperty("capabilities") Map<String, KintoCapability> capabilities,
		@JsonProperty("user") @Nullable KintoUser user, @JsonProperty("eos") @Nullable String eos) {

	/**
	 * Create server information. Missing values become empty.
	 * @throws IllegalArgumentException without a version of the HTTP API, which every
	 * Kinto server sends
	 */
	public KintoServerInfo {
		if (httpApiVersion == null) {
			throw new IllegalArgumentException("'http_api_version' is missing");
		}
		projectName = Objects.requireNonNullElse(projectName, "");
		projectVersion = Objects.requireNonNullElse(projectVersion, "");
		projectDocs = Objects.requireNonNullElse(projectDocs, "");
		url = Objects.requireNonNullElse(url, "");
		settings = Objects.requireNonNullElse(settings, KintoServerSettings.of(Map.of()));
		Map<String, KintoCapability> copy = new LinkedHashMap<>();
		if (capabilities != null) {
			capabilities.forEach((name, capability) -> copy.put(name,
					Objects.requireNonNullElse(capability, KintoCapability.of(Map.of()))));
		}
		capabilities = Collections.unmodifiableMap(copy);
	}

}
