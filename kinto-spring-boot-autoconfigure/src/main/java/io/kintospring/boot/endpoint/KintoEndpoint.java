package io.kintospring.boot.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.client.KintoClientState;
import io.kintospring.client.KintoClientState.CachedServerInfo;
import io.kintospring.client.KintoClientState.ReceivedSignal;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.http.HttpHeaders;

/**
 * {@link Endpoint @Endpoint} for the Kinto servers of the application: their settings,
 * their latest signals, and the server information that the clients have cached. It sends
 * no requests, and its responses contain no credentials and no values of headers.
 */
@Endpoint(id = "kinto", defaultAccess = Access.READ_ONLY)
public final class KintoEndpoint {

	private final Map<String, ReactiveKintoTemplate> templates;

	/**
	 * Create the endpoint.
	 * @param templates the templates by name
	 */
	public KintoEndpoint(Map<String, ReactiveKintoTemplate> templates) {
		this.templates = new LinkedHashMap<>(templates);
	}

	/**
	 * Describe all servers.
	 * @return the description
	 */
	@ReadOperation
	public KintoDescriptor kinto() {
		Map<String, ServerDescriptor> servers = new LinkedHashMap<>();
		this.templates.forEach((name, template) -> servers.put(name, server(template)));
		return new KintoDescriptor(servers);
	}

	private static ServerDescriptor server(ReactiveKintoTemplate template) {
		KintoClientState state = template.state();
		CachedServerInfo cached = state.serverInfo();
		return new ServerDescriptor(state.name(), state.server(), settings(template, state), state.remainingBackoff(),
				state.signals().stream().map(KintoEndpoint::signal).toList(),
				(cached != null) ? serverInfo(cached, state.takenAt()) : null);
	}

	private static SettingsDescriptor settings(ReactiveKintoTemplate template, KintoClientState state) {
		Set<String> headers = template.calls().options().headers().keySet();
		String authentication = headers.contains(HttpHeaders.AUTHORIZATION) ? "header" : state.authentication();
		return new SettingsDescriptor(authentication, headers, state.timeout(), state.callTimeout(),
				state.transferTimeout(), state.retry(), state.serverInfoExpiry(), state.maxBackoff(),
				state.backoffMode());
	}

	private static SignalDescriptor signal(ReceivedSignal received) {
		Instant time = received.receivedAt();
		if (received.signal() instanceof KintoSignal.Backoff backoff) {
			return new SignalDescriptor(time, "backoff", backoff.duration(), backoff.releaseTime(), null, null, null);
		}
		if (received.signal() instanceof KintoSignal.RetryAfter retryAfter) {
			return new SignalDescriptor(time, "retry-after", retryAfter.duration(), retryAfter.releaseTime(), null,
					null, null);
		}
		KintoSignal.Deprecation deprecation = (KintoSignal.Deprecation) received.signal();
		return new SignalDescriptor(time, "deprecation", null, null, deprecation.type(), deprecation.message(),
				deprecation.url());
	}

	private static ServerInfoDescriptor serverInfo(CachedServerInfo cached, Instant now) {
		KintoServerInfo info = cached.info();
		return new ServerInfoDescriptor(cached.receivedAt(), cached.expiresAt(),
				Duration.between(cached.receivedAt(), now), info.projectName(), info.projectVersion(),
				info.httpApiVersion().toString(), info.eos(), info.settings().all(), info.capabilities().keySet());
	}

	/**
	 * Description of all servers.
	 *
	 * @param servers the servers by the names of the template beans
	 */
	public record KintoDescriptor(Map<String, ServerDescriptor> servers) implements OperationResponseBody {
	}

	/**
	 * Description of a server, and of the client that uses it.
	 *
	 * @param name the name of the server in metrics
	 * @param url the URL of the server's API, without credentials
	 * @param settings the settings of the client
	 * @param remainingBackoff how long the client should keep backing off, or zero
	 * @param signals the latest signals, latest first
	 * @param serverInfo the server information that the client has cached, or
	 * {@code null} if it has received none
	 */
	public record ServerDescriptor(String name, String url, SettingsDescriptor settings, Duration remainingBackoff,
			List<SignalDescriptor> signals, @Nullable ServerInfoDescriptor serverInfo) {
	}

	/**
	 * Description of the settings of a client.
	 *
	 * @param authentication {@code none}, {@code basic}, {@code bearer}, {@code header}
	 * for a configured {@code Authorization} header, or {@code custom}
	 * @param headers the names of the configured headers that are sent with each request
	 * @param timeout the timeout of a request
	 * @param callTimeout the maximum duration of a call with all its attempts
	 * @param transferTimeout the maximum idle time during a file transfer
	 * @param retry the retry settings
	 * @param serverInfoExpiry the time-to-live of cached server information
	 * @param maxBackoff the maximum duration of a backoff
	 * @param backoffMode what the client does while the server asks to back off
	 */
	public record SettingsDescriptor(String authentication, Set<String> headers, Duration timeout, Duration callTimeout,
			Duration transferTimeout, KintoRetry retry, Duration serverInfoExpiry, Duration maxBackoff,
			KintoBackoffMode backoffMode) {
	}

	/**
	 * Description of a signal.
	 *
	 * @param receivedAt the time when the client received it
	 * @param type {@code backoff}, {@code retry-after} or {@code deprecation}
	 * @param duration the duration of a backoff, or the time to wait before a retry
	 * @param releaseTime the end of the duration
	 * @param code the code of a deprecation, such as {@code soft-eol}
	 * @param message the message of a deprecation
	 * @param url the URL of a deprecation
	 */
	public record SignalDescriptor(Instant receivedAt, String type, @Nullable Duration duration,
			@Nullable Instant releaseTime, @Nullable String code, @Nullable String message, @Nullable String url) {
	}

	/**
	 * Description of cached server information.
	 *
	 * @param receivedAt the time when the client received it
	 * @param expiresAt the time from which the client requests it again
	 * @param age the time since the client received it
	 * @param project the name of the service
	 * @param version the version of the server
	 * @param httpApiVersion the version of the HTTP API
	 * @param endOfService the date of the end of service, or {@code null} if none is
	 * announced
	 * @param settings the settings of the server
	 * @param capabilities the names of the capabilities
	 */
	public record ServerInfoDescriptor(Instant receivedAt, Instant expiresAt, Duration age, String project,
			String version, String httpApiVersion, @Nullable String endOfService,
			Map<String, @Nullable Object> settings, Set<String> capabilities) {
	}

}
