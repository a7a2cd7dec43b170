package io.kintospring.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.embedded.EmbeddedKintoServer;

/**
 * Process of the blog as it was processed ahead of time.
 */
final class BlogProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private static final int PATIENCE_SECONDS = 120;

	private final Process process;

	private final StringBuffer output = new StringBuffer();

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private BlogProcess(Process process) {
		this.process = process;
		new Thread(this::readOutput, "blog-output").start();
	}

	static BlogProcess start(boolean withEmbeddedServer, Map<String, String> environment) throws IOException {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-cp", classPath(withEmbeddedServer),
				BlogApplication.class.getName(), "--server.port=0");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("KINTO_"));
		builder.environment().putAll(environment);
		return new BlogProcess(builder.start());
	}

	private static String classPath(boolean withEmbeddedServer) {
		Path tests = location(BlogProcess.class);
		Path embeddedServer = location(EmbeddedKintoServer.class);
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> !path.equals(tests) && (withEmbeddedServer || !path.equals(embeddedServer)))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Path location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void readOutput() {
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this::read);
		}
		catch (UncheckedIOException | IOException ex) {
			this.output.append(ex);
		}
		this.port.completeExceptionally(new IllegalStateException("The blog has stopped:\n" + this.output));
	}

	private void read(String line) {
		this.output.append(line).append('\n');
		Matcher matcher = STARTED.matcher(line);
		if (matcher.find()) {
			this.port.complete(Integer.valueOf(matcher.group(1)));
		}
	}

	/**
	 * Wait until the blog has started, and return its first page.
	 */
	String page() throws IOException, InterruptedException, ExecutionException, TimeoutException {
		int port = this.port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("Status " + response.statusCode() + ":\n" + this.output);
		}
		return response.body();
	}

	/**
	 * Wait until the blog has stopped.
	 * @return its exit code
	 */
	int exitCode() throws InterruptedException, TimeoutException {
		if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new TimeoutException("The blog is still running:\n" + this.output);
		}
		return this.process.exitValue();
	}

	String output() {
		return this.output.toString();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
