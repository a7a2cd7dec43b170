package io.kintospring.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kintospring.benchmarks.Competitor.Assignment;
import io.kintospring.benchmarks.stub.StubRecords;

/**
 * Competitors in JavaScript and Python, if their requirements are installed. JavaScript
 * clients are downloaded from the npm registry on first use.
 */
final class ScriptCompetitors {

	private static final List<String> JAVASCRIPT = List.of("kinto-client.js", "kinto-http.js", "kinto.js");

	private static final String PYTHON = "kinto-http.py";

	static final List<String> NAMES = Stream.concat(JAVASCRIPT.stream(), Stream.of(PYTHON)).toList();

	private final Settings settings;

	private final Path directory;

	ScriptCompetitors(Settings settings) {
		this.settings = settings;
		this.directory = settings.directory().resolve("scripts").toAbsolutePath();
	}

	/**
	 * Return the selected competitors that are available, and report why others are not.
	 */
	List<Competitor> available() throws IOException {
		List<Competitor> competitors = new ArrayList<>();
		List<String> javascript = JAVASCRIPT.stream().filter(this.settings::hasOpponent).toList();
		if (!javascript.isEmpty() && isJavaScriptThere()) {
			javascript.forEach((name) -> competitors
				.add(new Competitor(name, (assignment) -> script(List.of("node", "opponents.mjs"), name, assignment))));
		}
		if (this.settings.hasOpponent(PYTHON) && isPythonThere()) {
			competitors.add(new Competitor(PYTHON, this::python));
		}
		return competitors;
	}

	private boolean isJavaScriptThere() throws IOException {
		copy("package.json");
		copy("opponents.mjs");
		if (!succeeds("node", "--version")) {
			return skip("the JavaScript clients", "node is not installed");
		}
		if (!succeeds("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent")) {
			return skip("the JavaScript clients", "npm could not install them into " + this.directory);
		}
		return true;
	}

	private boolean isPythonThere() throws IOException {
		copy("opponents.py");
		if (!succeeds("python3", "-c", "import kinto_http")) {
			return skip(PYTHON,
					"python3 does not find kinto_http: set benchmark.python to the directory that contains it, such as a"
							+ " directory filled by pip install --target");
		}
		return true;
	}

	private static boolean skip(String competitor, String reason) {
		System.err.println("Skipping " + competitor + ": " + reason);
		return false;
	}

	private void copy(String name) throws IOException {
		Files.createDirectories(this.directory);
		try (InputStream script = ScriptCompetitors.class.getResourceAsStream("/scripts/" + name)) {
			if (script == null) {
				throw new IOException("The script " + name + " does not exist");
			}
			Files.copy(script, this.directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private boolean succeeds(String... command) {
		try {
			Process process = process(List.of(command)).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private ProcessBuilder python(Assignment assignment) {
		return script(List.of("python3", "opponents.py"), PYTHON, assignment);
	}

	private ProcessBuilder script(List<String> interpreter, String name, Assignment assignment) {
		List<String> command = new ArrayList<>(interpreter);
		command.addAll(List.of(name, assignment.workload().id(), assignment.url(), assignment.ids(),
				Long.toString(StubRecords.TIMESTAMP)));
		return process(command);
	}

	private ProcessBuilder process(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile());
		if (!this.settings.python().isEmpty()) {
			String others = System.getenv("PYTHONPATH");
			builder.environment()
				.put("PYTHONPATH", this.settings.python() + ((others != null) ? File.pathSeparator + others : ""));
		}
		return builder;
	}

}
