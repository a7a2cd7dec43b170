package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.benchmarks.startup.KintoApplication;
import io.kintospring.benchmarks.startup.PlainApplication;

/**
 * Measures how long a small application takes from its process to being ready: without
 * the starter and what comes with it, and with the starter and a collection at hand.
 */
final class StartUp {

	static final String WORKLOAD = "start-up";

	/**
	 * What is on the class path because of the starter only, as
	 * {@code spring-boot-starter-webmvc} does not bring it.
	 */
	private static final List<String> OF_STARTER = List.of("kinto-client", "kinto-spring-boot-autoconfigure",
			"kinto-spring-boot-starter", "reactor-", "reactive-streams", "netty-");

	/**
	 * What is on the class path because of the opponents only.
	 */
	private static final List<String> OF_OPPONENTS = List.of("spring-webflux");

	private final Settings settings;

	StartUp(Settings settings) {
		this.settings = settings;
	}

	String report() throws IOException {
		String classPath = without(OF_OPPONENTS, System.getProperty("java.class.path"));
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		// the first of each reads the jars into the cache of the system
		for (int round = 0; round <= this.settings.forks() * this.settings.rounds(); round++) {
			without.add(measure(PlainApplication.class, without(OF_STARTER, classPath)));
			with.add(measure(KintoApplication.class, classPath));
		}
		double[] difference = new double[without.size() - 1];
		Arrays.setAll(difference, (i) -> with.get(i + 1) - without.get(i + 1));
		return """
				**start of a small application**, milliseconds from the process to being ready, medians of %d starts

				| without the starter | with the starter and a collection | difference |
				|---|---|---|
				| %.0f | %.0f | %.0f |
				""".formatted(difference.length, median(without), median(with), Report.median(difference));
	}

	private static double median(List<Double> millis) {
		return Report.median(millis.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
	}

	private static String without(List<String> names, String classPath) {
		return Stream.of(classPath.split(File.pathSeparator))
			.filter((entry) -> names.stream().noneMatch((name) -> isOf(name, entry)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * An entry is a jar, or the classes of a module.
	 */
	private static boolean isOf(String name, String entry) {
		String file = new File(entry).getName();
		return file.startsWith(name)
				|| entry.endsWith(File.separator + name + File.separator + "target" + File.separator + "classes");
	}

	private double measure(Class<?> application, String classPath) throws IOException {
		List<String> command = Java.command(application, classPath, this.settings.jvmArguments(), "--server.port=0",
				"--spring.main.banner-mode=off", "--kinto.url=http://127.0.0.1:8888/v1");
		long start = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.equals(PlainApplication.READY)) {
					return (System.nanoTime() - start) / 1e6;
				}
			}
		}
		throw new IOException("the application did not start, see its error output");
	}

}
