package io.kintospring.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;

/**
 * What callers were told about their operations.
 */
final class ChaosLedger {

	/** How often a record may have been created, by the operation. */
	private final Map<String, Range> created = new ConcurrentHashMap<>();

	/** How often a record may be on the server, by the operation that created it. */
	private final Map<String, Range> stored = new ConcurrentHashMap<>();

	/** How often an object may have been changed, by its id. */
	private final Map<String, Range> changed = new ConcurrentHashMap<>();

	private final Map<Told, Integer> operations = new ConcurrentSkipListMap<>();

	private final Map<String, Integer> errors = new ConcurrentSkipListMap<>();

	void created(String operation, Told told) {
		this.operations.merge(told, 1, Integer::sum);
		this.created.put(operation, told.range);
		this.stored.put(operation, told.range);
	}

	void deleted(String operation, Told told) {
		this.operations.merge(told, 1, Integer::sum);
		this.stored.computeIfPresent(operation, (any, before) -> switch (told) {
			case ACKNOWLEDGED -> new Range(0, 0);
			case UNKNOWN -> new Range(0, before.most);
			case NOT_SENT, REJECTED -> before;
		});
	}

	void changed(String id, Told told) {
		this.operations.merge(told, 1, Integer::sum);
		this.changed.merge(id, told.range, Range::plus);
	}

	/**
	 * Return what a caller learns from an exception.
	 */
	Told told(KintoException ex) {
		String status = (ex instanceof KintoResponseException response) ? " " + response.status() : "";
		this.errors.merge(ex.getClass().getSimpleName() + status, 1, Integer::sum);
		if (ex instanceof KintoNotSentException) {
			return Told.NOT_SENT;
		}
		boolean unreadable = ex instanceof KintoResponseException response && response.status() < 300;
		return (ex instanceof KintoTransportException || unreadable) ? Told.UNKNOWN : Told.REJECTED;
	}

	/**
	 * Return the share of the operations that succeeded, between 0 and 1.
	 */
	double successes() {
		int all = this.operations.values().stream().mapToInt(Integer::intValue).sum();
		return this.operations.getOrDefault(Told.ACKNOWLEDGED, 0) / Math.max(1.0, all);
	}

	/**
	 * Return the records that the server has too rarely or too often.
	 * @param found how often the server has the record of an operation
	 */
	List<String> wrongRecords(Map<String, Integer> found) {
		return wrong("records of ", found, this.stored, (operation) -> true);
	}

	/**
	 * Return the records that were created too rarely or too often.
	 * @param found how often the record of an operation was created
	 * @param compared selects the operations to compare
	 */
	List<String> wrongCreations(Map<String, Integer> found, Predicate<String> compared) {
		return wrong("creations by ", found, this.created, compared);
	}

	/**
	 * Return the objects that were changed too rarely or too often.
	 * @param found how often an object was changed
	 */
	List<String> wrongChanges(Map<String, Integer> found) {
		return wrong("changes of ", found, this.changed, (id) -> true);
	}

	/**
	 * Compare what the server has with what callers were told, including what left no
	 * trace on one side.
	 */
	private static List<String> wrong(String what, Map<String, Integer> found, Map<String, Range> expected,
			Predicate<String> compared) {
		return Stream.concat(found.keySet().stream(), expected.keySet().stream())
			.distinct()
			.filter(compared)
			.filter((key) -> !range(expected, key).contains(found.getOrDefault(key, 0)))
			.map((key) -> what + key + ": " + found.getOrDefault(key, 0) + " instead of " + range(expected, key))
			.toList();
	}

	private static Range range(Map<String, Range> ranges, String key) {
		return ranges.getOrDefault(key, Told.REJECTED.range);
	}

	Range timesChanged(String id) {
		return range(this.changed, id);
	}

	@Override
	public String toString() {
		return "told " + this.operations + "\nexceptions " + this.errors;
	}

	/**
	 * Outcome of an operation from the view of its caller.
	 */
	enum Told {

		/** The operation succeeded. */
		ACKNOWLEDGED(new Range(1, 1)),

		/** The operation failed, and may have been applied. */
		UNKNOWN(new Range(0, 1)),

		/** The operation was not sent. */
		NOT_SENT(new Range(0, 0)),

		/** The server did not apply the operation. */
		REJECTED(new Range(0, 0));

		private final Range range;

		Told(Range range) {
			this.range = range;
		}

	}

	/**
	 * Number of applied operations that the outcomes allow.
	 */
	record Range(int least, int most) {

		boolean contains(int number) {
			return this.least <= number && number <= this.most;
		}

		Range plus(Range other) {
			return new Range(this.least + other.least, this.most + other.most);
		}

	}

}
