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
 * The parts of a sorted list, with several requests in flight. Each request is for a
 * range that is estimated to fill most of a page, from how far the pages before it reach.
 * Only pages that are in flight, or wait for the consumer, are in memory.
 *
 * @param <E> the type of the elements
 */
final class OrderedSlices<E> implements SliceSource<E> {

	/** How much smaller than a page a range is, in standard deviations. */
	private static final int MARGIN = 2;

	/** A range with so many times fewer objects than estimated is a gap in the list. */
	private static final int SPARSE = 4;

	private final int parallel;

	private final Function<KintoCall<?>, InFlight> sender;

	/** Requests whose page was not consumed yet, in the order of the list. */
	private final Deque<Sent<E>> sent = new ArrayDeque<>();

	/** What follows the ranges that were sent. */
	private @Nullable ListRange<E> rest;

	/** The number of objects that a range should have. */
	private double target;

	/** The width of a range with that many objects. */
	private double width;

	/** How many estimated ranges may be in flight. */
	private int trust;

	private volatile boolean closed;

	/**
	 * Create the parts.
	 * @param list the whole list
	 * @param parallel the maximum number of requests in flight
	 * @param sender sends the request of a call
	 */
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
	 * If no estimate can be trusted, the last request is for all that follows: it finds
	 * the objects after a gap, however wide that is.
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
				goOn(page, page.rest());
			}
			else if (first.estimated()) {
				compare(page, first.range());
			}
			sendAhead();
		}
		return page.elements();
	}

	/**
	 * The range had more objects than the page. If another page is probably enough, it is
	 * next; otherwise, ranges that were sent are too wide, and are divided anew.
	 */
	private void goOn(Page<E> page, ListRange<E> after) {
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

	private void compare(Page<E> page, ListRange<E> range) {
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
	 * A request for the first page of a range.
	 *
	 * @param estimated whether the range is as wide as a page is estimated to reach
	 */
	private record Sent<E>(ListRange<E> range, boolean estimated, KintoCall<Page<E>> call, InFlight inFlight) {
	}

}
