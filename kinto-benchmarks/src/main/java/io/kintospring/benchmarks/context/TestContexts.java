package io.kintospring.benchmarks.context;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.kintospring.boot.test.autoconfigure.KintoTest;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestContextManager;

/**
 * Main class that starts the contexts of tests, and prints the time of the first one and
 * the mean time of the others.
 */
public final class TestContexts {

	/** Kinds of contexts, of which the first is empty. */
	public static final List<String> KINDS = List.of("empty", "@KintoTest");

	/** Prefix of the line with the result. */
	public static final String RESULT = "result: ";

	private static final Map<String, List<Class<?>>> TESTS = Map.of(KINDS.get(0),
			List.of(Empty1.class, Empty2.class, Empty3.class), KINDS.get(1),
			List.of(Kinto1.class, Kinto2.class, Kinto3.class));

	private TestContexts() {
	}

	/**
	 * Start the contexts of one kind.
	 * @param args the kind
	 */
	public static void main(String[] args) {
		List<Double> millis = TESTS.getOrDefault(args[0], List.of()).stream().map(TestContexts::start).toList();
		double later = millis.stream().skip(1).mapToDouble(Double::doubleValue).average().orElseThrow();
		System.out.println(RESULT + String.format(Locale.ROOT, "%.1f %.1f", millis.get(0), later));
		System.exit(0);
	}

	private static double start(Class<?> test) {
		long start = System.nanoTime();
		new TestContextManager(test).getTestContext().getApplicationContext();
		return (System.nanoTime() - start) / 1e6;
	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=1")
	static class Empty1 {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=2")
	static class Empty2 {

	}

	@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "number=3")
	static class Empty3 {

	}

	@KintoTest(properties = "number=1")
	static class Kinto1 {

	}

	@KintoTest(properties = "number=2")
	static class Kinto2 {

	}

	@KintoTest(properties = "number=3")
	static class Kinto3 {

	}

}
