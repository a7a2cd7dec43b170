package io.kintospring.embedded;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Command-line arguments of {@link StandaloneServer}.
 *
 * @param server the builder for the server
 * @param help whether to print the help text
 */
record StandaloneArguments(EmbeddedKintoServer.Builder server, boolean help) {

	static final String HELP = """
			A Kinto server for development and tests; not for production.

			  --port PORT             the port to listen on, 0 for any free port (default: 8888)
			  --host HOST             the address to listen on (default: 127.0.0.1)
			  --account NAME:PASSWORD an initial account; can be repeated
			  --initial-data FILE     a JSON file with initial data; can be repeated
			  --data-file FILE        a file to keep the data in; it is created if it does not
			                          exist, and its data replaces the initial data otherwise
			  --bearer-token USER:TOKEN
			                          a bearer token of the user openid:USER; can be repeated
			  --kinto.SETTING VALUE   a setting, named as in Kinto's configuration file,
			                          such as --kinto.paginate_by=10
			  --help                  print this text

			You can also separate a value with an equals sign, such as --port=8888.
			""";

	private static final int DEFAULT_PORT = 8888;

	private static final List<String> NAMES = List.of("--port", "--host", "--account", "--initial-data", "--data-file",
			"--bearer-token");

	private static final List<String> SETTING_PREFIXES = List.of("--kinto.", "--multiauth.");

	/**
	 * Parse the arguments.
	 * @param args the arguments
	 * @return the parsed arguments
	 * @throws IllegalArgumentException if an argument is unknown, or its value is missing
	 * or invalid
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
				throw new IllegalArgumentException(parts[0] + " requires a value");
			}
			apply(parts[0], (parts.length > 1) ? parts[1] : all.next(), server);
		}
		return new StandaloneArguments(server, help);
	}

	private static void requireKnown(String name) {
		if (!NAMES.contains(name) && !isSetting(name)) {
			throw new IllegalArgumentException("Unknown argument " + name);
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
			case "--data-file" -> server.dataFile(Path.of(value));
			case "--bearer-token" -> addBearerToken(value, server);
			default -> server.setting(name.substring(2), value);
		}
	}

	private static int port(String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--port must be a number, but was '%s'".formatted(value), ex);
		}
	}

	private static void addAccount(String value, EmbeddedKintoServer.Builder server) {
		String[] parts = value.split(":", 2);
		if (parts.length < 2) {
			throw new IllegalArgumentException("--account must be a name, a colon and a password");
		}
		server.account(parts[0], parts[1]);
	}

	private static void addBearerToken(String value, EmbeddedKintoServer.Builder server) {
		String[] parts = value.split(":", 2);
		if (parts.length < 2) {
			throw new IllegalArgumentException("--bearer-token must be a user, a colon and a token");
		}
		server.bearerToken(parts[1], parts[0]);
	}

	private static void addInitialData(String value, EmbeddedKintoServer.Builder server) {
		try {
			server.initialData(Path.of(value));
		}
		catch (UncheckedIOException ex) {
			throw new IllegalArgumentException("Cannot read the initial data from '%s'".formatted(value), ex);
		}
	}

}
