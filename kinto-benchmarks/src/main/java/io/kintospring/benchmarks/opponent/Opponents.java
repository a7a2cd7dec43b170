package io.kintospring.benchmarks.opponent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The opponents that run in a Java virtual machine, by name.
 */
public final class Opponents {

	/** What all others are compared with. */
	public static final String BASELINE = "WebClient";

	/** This project's own. */
	public static final List<String> OURS = List.of("KintoTemplate", "ReactiveKintoTemplate");

	private static final Map<String, Function<String, Opponent>> FACTORIES = new LinkedHashMap<>();

	static {
		FACTORIES.put(OURS.get(0), KintoTemplateOpponent::new);
		FACTORIES.put(OURS.get(1), ReactiveKintoTemplateOpponent::new);
		FACTORIES.put(BASELINE, WebClientOpponent::new);
		FACTORIES.put("RestClient", RestClientOpponent::new);
		FACTORIES.put("ReactorNetty", ReactorNettyOpponent::new);
	}

	private Opponents() {
	}

	/**
	 * Return who there is.
	 * @return the names
	 */
	public static Set<String> names() {
		return FACTORIES.keySet();
	}

	/**
	 * Make a client.
	 * @param name its name
	 * @param url the root of the server's API
	 * @return the client
	 */
	public static Opponent create(String name, String url) {
		Function<String, Opponent> factory = FACTORIES.get(name);
		if (factory == null) {
			throw new IllegalArgumentException("There is no opponent " + name + ", but " + names());
		}
		return factory.apply(url);
	}

}
