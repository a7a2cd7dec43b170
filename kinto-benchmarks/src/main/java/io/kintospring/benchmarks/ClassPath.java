package io.kintospring.benchmarks;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Class paths of other processes, derived from the class path of this process.
 */
final class ClassPath {

	/** The class path of this process. */
	static final String OWN = System.getProperty("java.class.path");

	private ClassPath() {
	}

	/**
	 * Return a class path without some of its entries.
	 * @param names prefixes of the names of jars, or names of modules
	 * @param classPath the class path
	 */
	static String without(List<String> names, String classPath) {
		return Stream.of(classPath.split(File.pathSeparator))
			.filter((entry) -> names.stream().noneMatch((name) -> isOf(name, entry)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Return whether an entry is a jar or the class directory of a module with a name.
	 */
	private static boolean isOf(String name, String entry) {
		String file = new File(entry).getName();
		return file.startsWith(name)
				|| entry.endsWith(File.separator + name + File.separator + "target" + File.separator + "classes");
	}

}
