package io.kintospring.client;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a whole list with either template. {@link StreamMemoryTests} runs it in a JVM
 * with limited memory.
 */
final class StreamMain {

	private StreamMain() {
	}

	/**
	 * Print the number of records, the sum of the numbers in their ids, and the sum of
	 * the numbers in their data.
	 * @param args the URL of the server, and the flavour
	 */
	public static void main(String[] args) {
		KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(KintoUrl.of(args[0])).build())
			.timeout(Duration.ofSeconds(20))
			.build();
		KintoCalls calls = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");
		long[] sums = new long[3];
		Consumer<KintoObject<Item>> count = (record) -> {
			sums[0]++;
			sums[1] += Long.parseLong(record.id().substring(1));
			sums[2] += record.data().number();
		};
		if (Flavour.valueOf(args[1]) == Flavour.BLOCKING) {
			try (Stream<KintoObject<Item>> records = new KintoTemplate(client, calls).bucket("b")
				.collection("c", Item.class)
				.stream()) {
				records.forEach(count);
			}
		}
		else {
			new ReactiveKintoTemplate(client, calls).bucket("b")
				.collection("c", Item.class)
				.stream()
				.publishOn(Schedulers.single())
				.doOnNext(count)
				.blockLast();
		}
		System.out.printf(Locale.ROOT, "%d records, %d, %d, in %d MiB%n", sums[0], sums[1], sums[2],
				Runtime.getRuntime().maxMemory() >> 20);
		System.exit(0);
	}

	record Item(long number, String title, boolean read) {
	}

}
