package io.kintospring.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.KintoSignal;
import io.kintospring.client.KintoClientState.ReceivedSignal;
import io.kintospring.protocol.BatchMembers;
import io.kintospring.protocol.KintoResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Processes the signals of responses: {@code Backoff}, {@code Retry-After} and
 * {@code Alert} headers. It keeps the end of the backoff, and passes signals to the
 * listener one after the other, on a thread of {@link OwnThreads}.
 */
final class Signals implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Signals.class);

	private static final int MAX_WAITING = 1000;

	private static final int MAX_LOGGED = 200;

	private final String server;

	private final @Nullable KintoSignalListener listener;

	private final Clock clock;

	private final Duration maxBackoff;

	private final Statistics statistics;

	private final AtomicReference<Instant> backoffUntil;

	/** Messages that were logged, because they recur with each response. */
	private final Set<String> logged;

	/** Latest signals, latest first. */
	private final Deque<ReceivedSignal> received = new ArrayDeque<>();

	/** Signals that wait for the listener. */
	private final Queue<KintoSignal> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

	/** Number of signals that the listener has not processed. */
	private final AtomicInteger unpublished = new AtomicInteger();

	private volatile boolean closed;

	Signals(String server, @Nullable KintoSignalListener listener, Clock clock, Duration maxBackoff,
			Statistics statistics, AtomicReference<Instant> backoffUntil, Set<String> logged) {
		this.server = server;
		this.listener = listener;
		this.clock = clock;
		this.maxBackoff = maxBackoff;
		this.statistics = statistics;
		this.backoffUntil = backoffUntil;
		this.logged = logged;
	}

	void process(KintoResponse response) {
		process(response.signals(this.clock.instant(), this::unreadable));
	}

	/**
	 * Process the response to a batch, whose members may repeat the signals of the batch.
	 */
	void process(KintoResponse whole, BatchMembers members) {
		process(members.signals(whole, this.clock.instant()));
	}

	private void process(List<KintoSignal> signals) {
		for (KintoSignal signal : signals) {
			this.statistics.received(signal);
			remember(signal);
			if (signal instanceof KintoSignal.Backoff backoff) {
				Instant limit = this.clock.instant().plus(this.maxBackoff);
				Instant until = backoff.releaseTime().isAfter(limit) ? limit : backoff.releaseTime();
				this.backoffUntil.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
			}
			else if (signal instanceof KintoSignal.Deprecation deprecation) {
				warnOnce("The Kinto server " + this.server + " sent an Alert (" + deprecation.type() + "): "
						+ deprecation.message() + ((deprecation.url() != null) ? " See " + deprecation.url() : ""));
			}
			publish(signal);
		}
	}

	/**
	 * A server can send the same deprecation with each response, so it is kept once.
	 */
	private void remember(KintoSignal signal) {
		ReceivedSignal latest = new ReceivedSignal(this.clock.instant(), signal);
		synchronized (this.received) {
			if (signal instanceof KintoSignal.Deprecation) {
				this.received.removeIf((earlier) -> earlier.signal().equals(signal));
			}
			this.received.addFirst(latest);
			if (this.received.size() > KintoClientState.MAX_SIGNALS) {
				this.received.removeLast();
			}
		}
	}

	/**
	 * Return the latest signals, latest first.
	 */
	List<ReceivedSignal> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	private void publish(KintoSignal signal) {
		KintoSignalListener listening = this.listener;
		if (listening == null || this.closed) {
			return;
		}
		if (!this.waiting.offer(signal)) {
			warnOnce("More than " + MAX_WAITING + " signals of the Kinto server " + this.server
					+ " are waiting for the listener: further signals are dropped until it catches up");
		}
		else if (this.unpublished.getAndIncrement() == 0) {
			OwnThreads.LISTENERS.schedule(() -> publishWaiting(listening));
		}
	}

	private void publishWaiting(KintoSignalListener listening) {
		do {
			KintoSignal signal = this.waiting.poll();
			if (signal != null && !this.closed) {
				publish(signal, listening);
			}
		}
		while (this.unpublished.decrementAndGet() > 0);
	}

	private void publish(KintoSignal signal, KintoSignalListener listening) {
		try {
			listening.onSignal(signal, this.server);
		}
		catch (Throwable ex) {
			logger.warn("The KintoSignalListener failed for a signal of the Kinto server " + this.server
					+ "; the call is not affected", ex);
		}
	}

	private void unreadable(String header, String value) {
		String ignored = "The header '" + header + "' of the Kinto server " + this.server
				+ " cannot be read and is ignored, also in later responses: ";
		if (this.logged.add(ignored)) {
			logger.warn(ignored + printable(value));
		}
	}

	private void warnOnce(String message) {
		String printable = printable(message);
		if (this.logged.size() < MAX_WAITING && this.logged.add(printable)) {
			logger.warn(printable);
		}
	}

	/**
	 * Escape characters of a header that could forge or reorder lines of the log.
	 */
	private static String printable(String text) {
		StringBuilder printable = new StringBuilder();
		int i = 0;
		while (i < text.length() && printable.length() < MAX_LOGGED) {
			int c = text.codePointAt(i);
			if (isPrintable(c)) {
				printable.appendCodePoint(c);
			}
			else {
				printable.append(String.format("\\u%04x", c));
			}
			i += Character.charCount(c);
		}
		return (i < text.length()) ? printable.append('…').toString() : printable.toString();
	}

	private static boolean isPrintable(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				false;
			case Character.SPACE_SEPARATOR -> c == ' ';
			default -> true;
		};
	}

	/**
	 * Return how long a response asks to back off.
	 */
	Duration backoff(KintoResponse response) {
		return response.signals(this.clock.instant())
			.stream()
			.filter(KintoSignal.Backoff.class::isInstance)
			.map((signal) -> ((KintoSignal.Backoff) signal).duration())
			.map((duration) -> (duration.compareTo(this.maxBackoff) > 0) ? this.maxBackoff : duration)
			.findFirst()
			.orElse(Duration.ZERO);
	}

	/**
	 * Return how long the client should keep backing off. If the server sent several
	 * {@code Backoff} headers, the latest deadline wins.
	 */
	Duration remainingBackoff() {
		Duration remaining = Duration.between(this.clock.instant(), this.backoffUntil.get());
		return remaining.isNegative() ? Duration.ZERO : remaining;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
