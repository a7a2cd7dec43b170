package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.benchmarks.server.Load;
import io.kintospring.benchmarks.server.Operation;
import io.kintospring.embedded.StandaloneServer;

/**
 * Benchmark of the embedded server, and of another server at a URL. The embedded server
 * runs in its own process. Rounds are interleaved.
 */
final class ServerThroughput {

	static final String WORKLOAD = "embedded-server";

	private static final String READY = "Kinto listens on ";

	private final Settings settings;

	ServerThroughput(Settings settings) {
		this.settings = settings;
	}

	String report() throws IOException {
		Process embedded = new ProcessBuilder(
				Java.command(StandaloneServer.class, this.settings.jvmArguments(), "--port=0"))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			Map<String, String> servers = new LinkedHashMap<>();
			servers.put("embedded", url(embedded));
			if (!this.settings.server().isEmpty()) {
				servers.put(this.settings.server(), this.settings.server());
			}
			return compare(servers);
		}
		finally {
			embedded.destroy();
		}
	}

	private static String url(Process server) throws IOException {
		BufferedReader output = server.inputReader();
		String line = output.readLine();
		if (line == null || !line.startsWith(READY)) {
			throw new IOException("The embedded server did not start, see its error output");
		}
		return line.substring(READY.length());
	}

	private String compare(Map<String, String> servers) {
		List<Load> loads = new ArrayList<>();
		try {
			servers.values().forEach((url) -> loads.add(new Load(url, this.settings.connections())));
			StringBuilder text = new StringBuilder(
					"**throughput of servers**, requests per second with %d connections, medians of %d rounds%n%n| |"
						.formatted(this.settings.connections(), rounds()));
			servers.keySet().forEach((name) -> text.append(" %s |".formatted(name)));
			text.append((servers.size() > 1) ? " ratio |" : "").append("\n|---|").append("---|".repeat(servers.size()));
			text.append((servers.size() > 1) ? "---|\n" : "\n");
			for (Operation operation : Operation.values()) {
				text.append(row(operation, loads));
			}
			return text.toString();
		}
		finally {
			loads.forEach(Load::close);
		}
	}

	private String row(Operation operation, List<Load> loads) {
		List<List<Double>> figures = new ArrayList<>();
		for (Load load : loads) {
			figures.add(new ArrayList<>());
			load.perSecond(operation, this.settings.warmup());
		}
		for (int round = 0; round < rounds(); round++) {
			for (int i = 0; i < loads.size(); i++) {
				figures.get(i).add(loads.get(i).perSecond(operation, this.settings.seconds()));
			}
		}
		StringBuilder row = new StringBuilder("| %s |".formatted(operation.title()));
		figures.forEach((figure) -> row.append(" %.0f |".formatted(median(figure))));
		if (loads.size() > 1) {
			row.append(" %.1f |".formatted(ratio(figures.get(0), figures.get(1))));
		}
		return row.append('\n').toString();
	}

	private int rounds() {
		return this.settings.forks() * this.settings.rounds();
	}

	private static double ratio(List<Double> first, List<Double> second) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < first.size(); i++) {
			ratios.add(first.get(i) / second.get(i));
		}
		return median(ratios);
	}

	private static double median(List<Double> values) {
		return Report.median(values.stream().mapToDouble(Double::doubleValue).toArray());
	}

}
