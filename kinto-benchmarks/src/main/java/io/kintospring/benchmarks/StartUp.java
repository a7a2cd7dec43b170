package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.kintospring.benchmarks.startup.KintoApplication;
import io.kintospring.benchmarks.startup.PlainApplication;
import io.kintospring.benchmarks.startup.WebClientApplication;
import io.kintospring.benchmarks.startup.WebClientKintoApplication;

/**
 * Benchmark of the startup time of small applications, without the starter and with it.
 * One application has no {@code WebClient} without the starter. The other application
 * always has a {@code WebClient}.
 */
final class StartUp {

	static final String WORKLOAD = "start-up";

	/**
	 * Jars and modules that the starter adds to any application.
	 */
	private static final List<String> OF_STARTER = List.of("kinto-client", "kinto-spring-boot-autoconfigure",
			"kinto-spring-boot-starter");

	/**
	 * Jars that {@code spring-boot-starter-webclient} adds to an application with
	 * {@code spring-boot-starter-webmvc}.
	 */
	private static final List<String> OF_WEB_CLIENT = List.of("spring-boot-starter-webclient", "spring-boot-webclient",
			"spring-boot-reactor", "spring-boot-http-client", "spring-boot-http-codec", "spring-webflux", "reactor-",
			"reactive-streams", "netty-");

	/**
	 * Jars that only the benchmarks require.
	 */
	private static final List<String> OF_BENCHMARKS = List.of("micrometer-core", "HdrHistogram", "jmh-core",
			"jopt-simple", "commons-math3", "kinto-embedded", "json-schema-validator", "parsson", "jakarta.json-api",
			"spring-security-crypto", "spring-boot-starter-test", "spring-boot-test", "spring-test", "junit-",
			"assertj-", "mockito-", "byte-buddy", "awaitility", "hamcrest", "json-path", "jsonassert", "xmlunit",
			"android-json", "objenesis", "opentest4j", "apiguardian", "json-smart", "accessors-smart", "asm-");

	private final Settings settings;

	StartUp(Settings settings) {
		this.settings = settings;
	}

	String report() throws IOException {
		String full = ClassPath.without(OF_BENCHMARKS, ClassPath.OWN);
		String webClient = ClassPath.without(OF_STARTER, full);
		String plain = ClassPath.without(OF_WEB_CLIENT, webClient);
		List<Comparison> comparisons = List.of(
				new Comparison("no WebClient", new Start(PlainApplication.class, plain),
						new Start(KintoApplication.class, full)),
				new Comparison("a WebClient", new Start(WebClientApplication.class, webClient),
						new Start(WebClientKintoApplication.class, full)));
		int rounds = this.settings.forks() * this.settings.rounds();
		// the first round fills the file cache of the operating system
		for (int round = 0; round <= rounds; round++) {
			for (Comparison comparison : comparisons) {
				comparison.without.run(this.settings);
				comparison.with.run(this.settings);
			}
		}
		StringBuilder text = new StringBuilder("""
				**startup of a small application**, milliseconds from process start to ready, medians of %d starts

				| application with | without the starter | with the starter and a collection | difference |
				|---|---|---|---|
				""".formatted(rounds));
		comparisons.forEach((comparison) -> text.append(comparison.row()));
		return text.toString();
	}

	/**
	 * Comparison of an application without and with the starter.
	 *
	 * @param name the HTTP client of the application
	 * @param without the application without the starter
	 * @param with the application with the starter
	 */
	private record Comparison(String name, Start without, Start with) {

		private String row() {
			double[] before = this.without.measured();
			double[] after = this.with.measured();
			double[] differences = new double[before.length];
			Arrays.setAll(differences, (i) -> after[i] - before[i]);
			return "| %s | %.0f | %.0f | %.0f |%n".formatted(this.name, Report.median(before), Report.median(after),
					Report.median(differences));
		}

	}

	/**
	 * Application that is started repeatedly.
	 */
	private static final class Start {

		private final Class<?> application;

		private final String classPath;

		private final List<Double> millis = new ArrayList<>();

		private Start(Class<?> application, String classPath) {
			this.application = application;
			this.classPath = classPath;
		}

		private double[] measured() {
			return this.millis.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
		}

		private void run(Settings settings) throws IOException {
			List<String> command = Java.command(this.application, this.classPath, settings.jvmArguments(),
					"--server.port=0", "--spring.main.banner-mode=off", "--kinto.url=http://127.0.0.1:8888/v1");
			long start = System.nanoTime();
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			try (BufferedReader output = process.inputReader()) {
				Stream<String> lines = output.lines();
				if (lines.noneMatch(PlainApplication.READY::equals)) {
					throw new IOException(this.application.getSimpleName() + " did not start, see its error output");
				}
				this.millis.add((System.nanoTime() - start) / 1e6);
			}
		}

	}

}
