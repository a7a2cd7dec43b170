package io.kintospring.boot;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Result of an application that runs in a JVM of its own, with the class path of the
 * test.
 *
 * @param exitCode the exit code of the JVM
 * @param output what the application and its logs print
 */
public record ForkedJvm(int exitCode, String output) {

	private static final long TIMEOUT_SECONDS = 100;

	/**
	 * Run an application until its JVM ends by itself.
	 * @param application the main class
	 * @param classPath selects the entries of the class path
	 * @param arguments the arguments of the application
	 * @return the result
	 */
	public static ForkedJvm run(Class<?> application, Predicate<String> classPath, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Dspring.docker.compose.enabled=false", "-cp",
						Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
							.filter(classPath)
							.collect(Collectors.joining(File.pathSeparator)),
						application.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> process.destroyForcibly());
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new ForkedJvm(process.waitFor(), output);
	}

}
