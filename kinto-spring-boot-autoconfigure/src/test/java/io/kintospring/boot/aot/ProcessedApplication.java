package io.kintospring.boot.aot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.kintospring.embedded.EmbeddedKintoServer;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application that was processed ahead of time. Processing and each start use a separate
 * class loader, with or without {@code kinto-embedded}.
 */
final class ProcessedApplication {

	private static final String AOT_ENABLED = "spring.aot.enabled";

	private final Class<?> application;

	private final Path output;

	private ProcessedApplication(Class<?> application, Path output) {
		this.application = application;
		this.output = output;
	}

	static ProcessedApplication process(Class<?> application, Path output, String... arguments) {
		return process(application, output, Libraries.ALL, arguments);
	}

	static ProcessedApplication process(Class<?> application, Path output, Libraries libraries, String... arguments) {
		Path sources = output.resolve("sources");
		List<String> processorArguments = new ArrayList<>(List.of(application.getName(), sources.toString(),
				output.toString(), output.toString(), "io.kintospring", "test"));
		processorArguments.addAll(List.of(arguments));
		try (URLClassLoader classLoader = classLoader(libraries.classPath())) {
			main(classLoader, SpringApplicationAotProcessor.class.getName(), processorArguments);
		}
		catch (IOException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
		compile(sources, output, libraries);
		return new ProcessedApplication(application, output);
	}

	static void compile(Path sources, Path output, Libraries libraries) {
		List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-parameters", "-d",
				output.toString(), "-classpath", String.join(File.pathSeparator, libraries.classPath())));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	/**
	 * Start and stop the application.
	 * @return the report of the application
	 * @throws InvocationTargetException if the application did not start
	 */
	String start(Libraries libraries, String... arguments) throws InvocationTargetException {
		List<String> classPath = new ArrayList<>(libraries.classPath());
		classPath.add(this.output.toString());
		System.setProperty(AOT_ENABLED, "true");
		try (URLClassLoader classLoader = classLoader(classPath)) {
			main(classLoader, this.application.getName(), List.of(arguments));
			return (String) Class.forName(Report.class.getName(), true, classLoader).getMethod("text").invoke(null);
		}
		catch (IOException | ReflectiveOperationException ex) {
			if (ex instanceof InvocationTargetException failure) {
				throw failure;
			}
			throw new IllegalStateException(ex);
		}
		finally {
			System.clearProperty(AOT_ENABLED);
		}
	}

	private static void main(ClassLoader classLoader, String type, List<String> arguments)
			throws InvocationTargetException {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(classLoader);
		try {
			var main = Class.forName(type, true, classLoader).getDeclaredMethod("main", String[].class);
			main.setAccessible(true);
			main.invoke(null, (Object) arguments.toArray(String[]::new));
		}
		catch (InvocationTargetException ex) {
			throw ex;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static URLClassLoader classLoader(List<String> classPath) {
		return new URLClassLoader(classPath.stream().map(ProcessedApplication::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader());
	}

	private static URL url(String path) {
		try {
			return Path.of(path).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Libraries on the class path of an application.
	 */
	enum Libraries {

		ALL, WITHOUT_EMBEDDED;

		List<String> classPath() {
			URL embedded = EmbeddedKintoServer.class.getProtectionDomain().getCodeSource().getLocation();
			return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.filter((path) -> this == ALL || !url(path).toString().equals(embedded.toString()))
				.toList();
		}

	}

}
