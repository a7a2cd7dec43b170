package io.kintospring.server;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param projectName the name of the service, {@code kinto} unless it was changed
 * @param projectVersion the version of the server
 * @param httpApiVersion the version of the HTTP API
 * @param url the address that the server believes to have
 * @param settings the settings that matter to clients
 * @param capabilities the plugins, by name
 * @param user who the server takes the caller for, or {@code null} if for nobody: without
 * credentials, and with wrong ones, too
 * @param eos the day on which the service ends, or {@code null} if none is set
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's
 * utility endpoints</a>
 */
public record KintoServerInfo(String projectName, String projectVersion, KintoApiVersion httpApiVersion, String url,
		KintoServerSettings settings, Map<String, KintoCapability> capabilities, @Nullable KintoUser user,
		@Nullable String eos) {
}
