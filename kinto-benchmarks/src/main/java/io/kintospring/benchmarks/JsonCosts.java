package io.kintospring.benchmarks;

import java.util.Locale;
import java.util.Objects;

import io.kintospring.benchmarks.decode.JsonBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runner for the JMH micro benchmarks of JSON.
 */
final class JsonCosts {

	static final String WORKLOAD = "json";

	private JsonCosts() {
	}

	static String report() {
		StringBuilder text = new StringBuilder(
				"**JSON per record**, measured with JMH\n\n| | nanoseconds | bytes allocated |\n|---|---|---|\n");
		try {
			for (RunResult result : new Runner(
					new OptionsBuilder().include(JsonBenchmark.class.getName()).addProfiler(GCProfiler.class).build())
				.run()) {
				Result<?> time = result.getPrimaryResult();
				Result<?> allocated = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
				text.append(String.format(Locale.ROOT, "| %s | %,.0f | %,.0f |%n", time.getLabel(), time.getScore(),
						allocated.getScore()));
			}
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
		return text.toString();
	}

}
