package io.kintospring.contract;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

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

	Set<String> creations() {
		return this.created.keySet();
	}

	Range timesCreated(String operation) {
		return this.created.getOrDefault(operation, Told.REJECTED.range);
	}

	Range timesStored(String operation) {
		return this.stored.getOrDefault(operation, Told.REJECTED.range);
	}

	Range timesChanged(String id) {
		return this.changed.getOrDefault(id, Told.REJECTED.range);
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

		Range plus(Range other) {
			return new Range(this.least + other.least, this.most + other.most);
		}

	}

}
