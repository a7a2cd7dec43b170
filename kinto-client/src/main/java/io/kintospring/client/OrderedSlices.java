package io.kintospring.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.ListRange;
import io.kintospring.protocol.ListRange.Page;
import org.jspecify.annotations.Nullable;

/**
 * Slices of a sorted list, with several requests in flight. Each request is for a range
 * that should fill most of a page, estimated from the previous pages. Only pages that are
 * in flight or wait for the consumer are in memory.
 *
 * @param <E> the type of the elements
 */
final class OrderedSlices<E> implements SliceSource<E> {

	/** Standard deviations between the size of a range and that of a page. */
	private static final int MARGIN = 2;

	/** A range with fewer objects than estimated, by this factor, indicates a gap. */
	private static final int SPARSE = 4;

	private final int parallel;

	private final Function<KintoCall<?>, InFlight> sender;

	/** Requests whose page was not consumed yet, in the order of the list. */
	private final Deque<Sent<E>> sent = new ArrayDeque<>();

	/** Range after those that were sent. */
	private @Nullable ListRange<E> rest;

	/** Number of objects that a range should have. */
	private double target;

	/** Estimated width of a range with that number of objects. */
	private double width;

	/** Maximum number of estimated ranges in flight. */
	private int trust;

	private volatile boolean closed;

	OrderedSlices(ListRange<E> list, int parallel, Function<KintoCall<?>, InFlight> sender) {
		this.rest = list;
		this.parallel = parallel;
		this.trust = parallel;
		this.sender = sender;
	}

	@Override
	public @Nullable InFlight next() {
		synchronized (this.sent) {
			sendAhead();
			Sent<E> first = this.sent.peekFirst();
			return (first != null) ? first.inFlight() : null;
		}
	}

	/**
	 * Send requests for the next ranges. If the estimate is not reliable, the last
	 * request is for the rest of the list. It finds the objects after a gap of any width.
	 */
	private void sendAhead() {
		while (!this.closed && this.rest != null && this.sent.size() < this.parallel) {
			boolean trusted = this.sent.stream().filter(Sent::estimated).count() < this.trust;
			ListRange<E> range = trusted ? this.rest.beginning(this.width) : this.rest;
			this.sent.addLast(send(range, range != this.rest));
			this.rest = range.following();
		}
	}

	private Sent<E> send(ListRange<E> range, boolean estimated) {
		KintoCall<Page<E>> call = range.call();
		return new Sent<>(range, estimated, call, this.sender.apply(call));
	}

	@Override
	public Iterable<E> read(KintoResponse response) {
		Sent<E> first;
		synchronized (this.sent) {
			first = this.sent.pollFirst();
		}
		if (first == null) {
			return List.of();
		}
		Page<E> page = first.call().read(response);
		synchronized (this.sent) {
			if (page.rest() != null) {
				continueAfter(page, page.rest());
			}
			else if (first.estimated()) {
				updateWidth(page, first.range());
			}
			sendAhead();
		}
		return page.elements();
	}

	/**
	 * Continue after a range with more objects than a page. If another page is probably
	 * enough, it is next. Otherwise, the ranges in flight are too wide and are divided
	 * again.
	 */
	private void continueAfter(Page<E> page, ListRange<E> after) {
		this.target = Math.max(page.size() / 2.0, page.size() - MARGIN * Math.sqrt(page.size()));
		this.width = page.width() * this.target / page.size();
		trustMore();
		ListRange<E> toEnd = (after.width() > this.width) ? after.toEnd() : null;
		if (toEnd != null) {
			cancelAll();
			this.rest = toEnd;
		}
		else if (!this.closed) {
			this.sent.addFirst(send(after, false));
		}
	}

	private void updateWidth(Page<E> page, ListRange<E> range) {
		if (page.size() * SPARSE < this.target) {
			this.trust = 0;
			return;
		}
		trustMore();
		this.width = (this.width + range.width() * this.target / page.size()) / 2;
	}

	private void trustMore() {
		this.trust = Math.min(this.parallel, Math.max(1, 2 * this.trust));
	}

	private void cancelAll() {
		this.sent.forEach((request) -> request.inFlight().cancel());
		this.sent.clear();
	}

	@Override
	public boolean isFinished() {
		synchronized (this.sent) {
			return this.closed || (this.sent.isEmpty() && this.rest == null);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		synchronized (this.sent) {
			cancelAll();
		}
	}

	/**
	 * Request for the first page of a range.
	 *
	 * @param estimated whether the width of the range is an estimate
	 */
	private record Sent<E>(ListRange<E> range, boolean estimated, KintoCall<Page<E>> call, InFlight inFlight) {
	}

}
