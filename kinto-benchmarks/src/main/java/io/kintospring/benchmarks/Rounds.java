package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

import io.kintospring.benchmarks.opponent.Opponent;
import io.kintospring.benchmarks.opponent.Opponents;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Main class that runs the rounds of one workload with one opponent. Each opponent has a
 * separate JVM, because assumptions of the compiler about one opponent can slow down
 * another.
 */
final class Rounds {

	private Rounds() {
	}

	/**
	 * Run a round for each line of the input.
	 * @param args the name of the opponent, the name of the workload, the root URL of the
	 * API, and the ids of records, separated by commas
	 * @throws IOException if the input cannot be read or the recording cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Workload workload = Workload.of(args[1]);
		Workload.Input input = new Workload.Input(List.of(args[3].split(",")));
		String file = System.getProperty("benchmark.jfr", "");
		try (Opponent opponent = Opponents.create(args[0], args[2]);
				BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			Recording recording = null;
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				String[] round = line.split(" ");
				if (recording == null && round[0].equals("measure") && !file.isEmpty()) {
					recording = record();
				}
				System.out
					.println(Measurement.of(() -> workload.run(opponent, input), Double.parseDouble(round[1])).line());
			}
			write(recording, file);
		}
		System.exit(0);
	}

	/**
	 * Start the recording after the warm-up.
	 */
	private static Recording record() throws IOException {
		try {
			Recording recording = new Recording(Configuration.getConfiguration("profile"));
			recording.start();
			return recording;
		}
		catch (ParseException ex) {
			throw new IOException(ex);
		}
	}

	private static void write(@Nullable Recording recording, String file) throws IOException {
		if (recording != null) {
			recording.stop();
			recording.dump(Path.of(file));
			recording.close();
		}
	}

}
