package io.kintospring.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence.Slice;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Slices of one sequence, one after the other. While a slice is consumed, at most the
 * request for the next one is in flight.
 *
 * @param <E> the type of the elements
 */
final class SequentialSlices<E> implements SliceSource<E> {

	private final Function<? super KintoCall<Slice<E>>, InFlight> sender;

	private final Supplier<Duration> backoff;

	private @Nullable KintoCall<Slice<E>> call;

	private @Nullable KintoCall<Slice<E>> following;

	/** Earliest time of the next request in nanoseconds, without the backoff. */
	private long due = Long.MIN_VALUE;

	private volatile @Nullable InFlight current;

	private volatile @Nullable InFlight ahead;

	private volatile boolean closed;

	/**
	 * Create the slices.
	 * @param first the call for the first slice
	 * @param sender sends the request of a call
	 * @param backoff returns the remaining backoff of the client, which extends pauses
	 */
	SequentialSlices(KintoCall<Slice<E>> first, Function<? super KintoCall<Slice<E>>, InFlight> sender,
			Supplier<Duration> backoff) {
		this.call = first;
		this.sender = sender;
		this.backoff = backoff;
	}

	@Override
	public Duration pause() {
		return (this.due != Long.MIN_VALUE) ? Duration.ofNanos(Math.max(this.due - now(), this.backoff.get().toNanos()))
				: Duration.ZERO;
	}

	@Override
	public @Nullable InFlight next() {
		KintoCall<Slice<E>> wanted = this.call;
		if (wanted == null || isFinished()) {
			return null;
		}
		InFlight sent = this.ahead;
		this.ahead = null;
		InFlight wantedInFlight = (sent != null) ? sent : this.sender.apply(wanted);
		this.current = wantedInFlight;
		cancelIfClosed();
		return wantedInFlight;
	}

	@Override
	public void onHead(KintoResponse head) {
		this.following = Objects.requireNonNull(this.call).ahead(head);
		if (this.following != null) {
			sendAhead(this.following);
		}
	}

	@Override
	public Iterable<E> read(KintoResponse response) {
		Slice<E> slice = Objects.requireNonNull(this.call).read(response);
		this.current = null;
		KintoCall<Slice<E>> next = slice.next();
		if (this.following != null && (next == null || !isSame(next, this.following))) {
			cancelAhead();
		}
		if (next != null && this.following == null && slice.pause().isZero()) {
			sendAhead(next);
		}
		this.due = slice.pause().isZero() ? Long.MIN_VALUE : now() + slice.pause().toNanos();
		this.call = (this.following != null) ? this.following : next;
		this.following = null;
		return slice.elements();
	}

	private static boolean isSame(KintoCall<?> one, KintoCall<?> other) {
		return one.request().target().equals(other.request().target());
	}

	/**
	 * Cancel a request that was sent for the head of an earlier attempt, whose page was
	 * lost. The page of the last attempt may end elsewhere.
	 */
	private void cancelAhead() {
		InFlight sent = this.ahead;
		this.ahead = null;
		this.following = null;
		if (sent != null) {
			sent.cancel();
		}
	}

	private void sendAhead(KintoCall<Slice<E>> next) {
		if (!this.closed) {
			this.ahead = this.sender.apply(next);
			cancelIfClosed();
		}
	}

	/**
	 * A concurrent close() either cancels the request itself, or is detected here.
	 */
	private void cancelIfClosed() {
		if (this.closed) {
			close();
		}
	}

	private static long now() {
		return Schedulers.parallel().now(NANOSECONDS);
	}

	@Override
	public boolean isFinished() {
		return this.call == null || this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		InFlight read = this.current;
		if (read != null) {
			read.cancel();
		}
		InFlight sent = this.ahead;
		if (sent != null) {
			sent.cancel();
		}
	}

}
