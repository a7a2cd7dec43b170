package io.kintospring.boot.info;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.client.KintoClientState;
import io.kintospring.client.KintoClientState.CachedServerInfo;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Info contributor for Kinto servers: their versions, the names of their capabilities,
 * and the end of service if it is announced.
 * <p>
 * The contributor uses the server information that the client has cached. If it is
 * missing or expired, the contributor requests it and waits up to 2 seconds for the
 * response. A server that does not respond is left out, and the info endpoint does not
 * fail.
 */
public final class KintoInfoContributor implements InfoContributor {

	private static final Log logger = LogFactory.getLog(KintoInfoContributor.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Map<String, ReactiveKintoTemplate> templates;

	/**
	 * Create the contributor.
	 * @param templates the templates by name. The names are part of the info if there are
	 * several templates.
	 */
	public KintoInfoContributor(Map<String, ReactiveKintoTemplate> templates) {
		this.templates = new LinkedHashMap<>(templates);
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> servers = servers();
		if (this.templates.size() == 1) {
			servers.values().forEach((server) -> builder.withDetail("kinto", server));
		}
		else if (!servers.isEmpty()) {
			builder.withDetail("kinto", servers);
		}
	}

	private Map<String, Object> servers() {
		Map<String, Object> servers = new LinkedHashMap<>();
		Flux.fromIterable(this.templates.entrySet())
			.flatMapSequential((entry) -> serverInfo(entry.getValue()).map((info) -> Map.entry(entry.getKey(), info)))
			.toIterable()
			.forEach((entry) -> servers.put(entry.getKey(), details(entry.getValue())));
		return servers;
	}

	private static Mono<KintoServerInfo> serverInfo(ReactiveKintoTemplate kinto) {
		KintoClientState state = kinto.state();
		CachedServerInfo cached = state.serverInfo();
		if (cached != null && !cached.isExpired(state.takenAt())) {
			return Mono.just(cached.info());
		}
		return kinto.fetchServerInfo().timeout(TIMEOUT).onErrorResume((ex) -> {
			logger.debug("The info endpoint contains no information about the Kinto server " + kinto.server(), ex);
			return Mono.empty();
		});
	}

	private static Map<String, Object> details(KintoServerInfo info) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("version", info.projectVersion());
		details.put("httpApiVersion", info.httpApiVersion().toString());
		details.put("capabilities", List.copyOf(info.capabilities().keySet()));
		if (info.eos() != null) {
			details.put("endOfService", info.eos());
		}
		return details;
	}

}
