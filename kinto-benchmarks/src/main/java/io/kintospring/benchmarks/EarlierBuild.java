package io.kintospring.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;

import io.kintospring.template.KintoTemplate;

/**
 * Build of another commit. It runs its client with its own benchmark classes, so its API
 * can differ.
 */
final class EarlierBuild {

	private static final List<String> MODULES = List.of("kinto-benchmarks", "kinto-client");

	private EarlierBuild() {
	}

	/**
	 * Return the class path of the build: its entries, followed by the libraries of this
	 * process.
	 * @param entries the jars or directories of classes of the other build
	 * @throws IllegalArgumentException if the entries do not contain the benchmarks or
	 * the client
	 */
	static String classPath(String entries) {
		require(entries, Rounds.class, "kinto-benchmarks");
		require(entries, KintoTemplate.class, "kinto-client");
		return entries + File.pathSeparator + ClassPath.without(MODULES, ClassPath.OWN);
	}

	private static void require(String entries, Class<?> type, String module) {
		URL[] urls = Stream.of(entries.split(File.pathSeparator)).map(EarlierBuild::url).toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, null)) {
			if (loader.findResource(type.getName().replace('.', '/') + ".class") == null) {
				throw new IllegalArgumentException(
						"benchmark.before must contain the jar or the classes of " + module + ", but was " + entries);
			}
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("benchmark.before cannot be read: " + entries, ex);
		}
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("benchmark.before contains an entry that is not a file: " + entry, ex);
		}
	}

}
