package io.kintospring.boot.autoconfigure.capability;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.kintospring.KintoException;
import io.kintospring.boot.autoconfigure.capability.RequiredCapabilitiesException.Problem;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;

/**
 * Verifier that requests the capabilities of each server before the server is initialized
 * and before the web server accepts requests.
 */
class RequiredCapabilitiesVerifier implements InitializingBean {

	private static final Map<String, String> SETTINGS = Map.of("accounts", include("kinto.plugins.accounts"),
			"attachments", include("kinto_attachment"), "default_bucket", include("kinto.plugins.default_bucket"),
			"flush_endpoint", include("kinto.plugins.flush"), "history", include("kinto.plugins.history"), "openid",
			include("kinto.plugins.openid"), "permissions_endpoint",
			"set kinto.experimental_permissions_endpoint to true", "quotas", include("kinto.plugins.quotas"), "schema",
			"set kinto.experimental_collection_schema_validation to true");

	private final List<String> required;

	private final Supplier<Map<String, ReactiveKintoTemplate>> templates;

	/**
	 * Create the verifier.
	 * @param required the names of the required capabilities
	 * @param templates supplies the templates whose servers are verified, by the name of
	 * the client
	 */
	RequiredCapabilitiesVerifier(List<String> required, Supplier<Map<String, ReactiveKintoTemplate>> templates) {
		this.required = required;
		this.templates = templates;
	}

	private static String include(String plugin) {
		return "add " + plugin + " to kinto.includes";
	}

	@Override
	public void afterPropertiesSet() {
		if (this.required.isEmpty()) {
			return;
		}
		List<Problem> problems = problems(this.templates.get());
		if (!problems.isEmpty()) {
			throw new RequiredCapabilitiesException(problems);
		}
	}

	private List<Problem> problems(Map<String, ReactiveKintoTemplate> found) {
		List<Problem> problems = new ArrayList<>();
		if (found.isEmpty()) {
			problems.add(new Problem("No ReactiveKintoTemplate bean is defined, so no server can be checked.",
					List.of("Define a ReactiveKintoTemplate bean, or remove kinto.required-capabilities."), null));
		}
		found.forEach((name, kinto) -> {
			Problem problem = problem(kinto, "The Kinto server at " + kinto.server() + " (client '" + name + "')");
			if (problem != null) {
				problems.add(problem);
			}
		});
		return problems;
	}

	private @Nullable Problem problem(ReactiveKintoTemplate kinto, String server) {
		Set<String> available;
		try {
			available = kinto.fetchServerInfo()
				.map(KintoServerInfo::capabilities)
				.blockOptional()
				.orElseThrow()
				.keySet();
		}
		catch (KintoException ex) {
			return new Problem(server + " did not report its capabilities: " + ex.getMessage() + ".",
					List.of("Check that the server runs, and that the application can reach it."), ex);
		}
		Set<String> missing = new LinkedHashSet<>(this.required);
		missing.removeAll(available);
		return missing.isEmpty() ? null
				: new Problem(
						server + " lacks " + String.join(", ", missing) + ". It has "
								+ (available.isEmpty() ? "no capabilities" : String.join(", ", available)) + ".",
						missing.stream().map(RequiredCapabilitiesVerifier::action).toList(), null);
	}

	private static String action(String capability) {
		String setting = SETTINGS.get(capability);
		return "Enable " + capability + " on the server: "
				+ ((setting != null) ? setting + " in its settings." : "see the documentation of its plugin.")
				+ " Otherwise, remove " + capability + " from kinto.required-capabilities.";
	}

}
