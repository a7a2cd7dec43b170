package io.kintospring.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Factory for commands that run a class in a separate JVM, with the Java version and the
 * class path of this JVM.
 */
final class Java {

	private static final int NATIVE_ACCESS_ASKED_FOR = 22;

	private Java() {
	}

	static List<String> command(Class<?> main, List<String> jvmArguments, String... arguments) {
		return command(main, ClassPath.OWN, jvmArguments, arguments);
	}

	static List<String> command(Class<?> main, String classPath, List<String> jvmArguments, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= NATIVE_ACCESS_ASKED_FOR) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

}
