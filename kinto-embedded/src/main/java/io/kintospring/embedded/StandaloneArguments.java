package io.kintospring.embedded;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The arguments of {@link StandaloneServer}.
 *
 * @param server the server that they ask for
 * @param help whether they ask for help
 */
record StandaloneArguments(EmbeddedKintoServer.Builder server, boolean help) {

	static final String HELP = """
			An in-memory Kinto server for development and tests; not for production.

			  --port PORT             where to listen: 8888 by default, 0 for any port that is free
			  --host HOST             the address to listen on: 127.0.0.1 by default
			  --account NAME:PASSWORD an account that exists from the start; can be given several times
			  --initial-data FILE     what is there from the start, as JSON; can be given several times
			  --kinto.SETTING VALUE   a setting by the name that it has in Kinto's configuration file,
			                          as in --kinto.paginate_by=10
			  --help                  this text

			A value can also come after an equals sign, as in --port=8888.
			""";

	private static final int DEFAULT_PORT = 8888;

	private static final List<String> SETTING_PREFIXES = List.of("--kinto.", "--multiauth.");

	/**
	 * Reads arguments.
	 * @param args the arguments
	 * @return what they ask for
	 * @throws IllegalArgumentException if there is no such argument, or its value is
	 * missing or wrong
	 */
	static StandaloneArguments parse(String... args) {
		EmbeddedKintoServer.Builder server = EmbeddedKintoServer.builder().port(DEFAULT_PORT);
		boolean help = false;
		for (Iterator<String> all = List.of(args).iterator(); all.hasNext();) {
			String[] parts = all.next().split("=", 2);
			if (parts[0].equals("--help")) {
				help = true;
				continue;
			}
			requireKnown(parts[0]);
			if (parts.length == 1 && !all.hasNext()) {
				throw new IllegalArgumentException(parts[0] + " needs a value");
			}
			apply(parts[0], (parts.length > 1) ? parts[1] : all.next(), server);
		}
		return new StandaloneArguments(server, help);
	}

	private static void requireKnown(String name) {
		if (!List.of("--port", "--host", "--account", "--initial-data").contains(name) && !isSetting(name)) {
			throw new IllegalArgumentException("There is no argument " + name);
		}
	}

	private static boolean isSetting(String name) {
		return SETTING_PREFIXES.stream().anyMatch(name::startsWith);
	}

	private static void apply(String name, String value, EmbeddedKintoServer.Builder server) {
		switch (name) {
			case "--port" -> server.port(port(value));
			case "--host" -> server.host(value);
			case "--account" -> addAccount(value, server);
			case "--initial-data" -> addInitialData(value, server);
			default -> server.setting(name.substring(2), value);
		}
	}

	private static int port(String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' is not a port".formatted(value), ex);
		}
	}

	private static void addAccount(String value, EmbeddedKintoServer.Builder server) {
		String[] parts = value.split(":", 2);
		if (parts.length < 2) {
			throw new IllegalArgumentException("'%s' is not a name, a colon and a password".formatted(value));
		}
		server.account(parts[0], parts[1]);
	}

	private static void addInitialData(String value, EmbeddedKintoServer.Builder server) {
		try {
			server.initialData(Path.of(value));
		}
		catch (UncheckedIOException ex) {
			throw new IllegalArgumentException("'%s' can't be read".formatted(value), ex);
		}
	}

}
