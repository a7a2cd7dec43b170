package io.kintospring.embedded;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.kintospring.embedded.file.DataFileException;

/**
 * Main class of {@code kinto-embedded-standalone.jar}, which runs an embedded server as a
 * process of its own.
 */
public final class StandaloneServer {

	private static final int FAILURE = 1;

	private static final int WRONG_USAGE = 2;

	private static final Map<String, String> LOGGING = Map.of("org.slf4j.simpleLogger.defaultLogLevel", "warn",
			"slf4j.internal.verbosity", "WARN");

	private StandaloneServer() {
	}

	/**
	 * Start a server, which runs until the process is terminated.
	 * @param args the arguments; {@code --help} lists them
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		LOGGING.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
		int status = run(args, System.out, System.err);
		if (status != 0) {
			System.exit(status);
		}
	}

	private static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
		try {
			StandaloneArguments arguments = StandaloneArguments.parse(args);
			if (arguments.help()) {
				out.print(StandaloneArguments.HELP);
				return 0;
			}
			serve(arguments, out);
			return 0;
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			err.println("Run with --help to list the arguments");
			return WRONG_USAGE;
		}
		catch (IllegalStateException | DataFileException ex) {
			err.println(ex.getMessage());
			return FAILURE;
		}
	}

	private static void serve(StandaloneArguments arguments, PrintStream out) throws InterruptedException {
		CountDownLatch stopped = new CountDownLatch(1);
		EmbeddedKintoServer server = arguments.server().start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			server.close();
			stopped.countDown();
		}, "kinto-embedded-stop"));
		out.println("Kinto listens on " + server.url());
		stopped.await();
	}

}
