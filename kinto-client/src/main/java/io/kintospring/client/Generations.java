package io.kintospring.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Holds the HTTP library of a transport and the clients on it. Reconnecting creates a new
 * generation of both. The previous generation is closed when no exchange uses it.
 *
 * @param <C> the type of the clients
 */
final class Generations<C> implements AutoCloseable {

	private final Supplier<Generation<C>> factory;

	private volatile Generation<C> current;

	/** Previous generations that may still be in use. */
	private final List<Generation<C>> previous = new ArrayList<>();

	private boolean closed;

	Generations(Supplier<Generation<C>> factory) {
		this.factory = factory;
		this.current = factory.get();
	}

	/**
	 * Return the current generation, which must be released after use.
	 */
	Generation<C> use() {
		Generation<C> used = this.current;
		// a concurrent reconnection may have closed it
		while (!used.use()) {
			used = this.current;
		}
		return used;
	}

	synchronized void reconnect() {
		if (!this.closed) {
			Generation<C> before = this.current;
			this.current = this.factory.get();
			before.closeIfUnused();
			this.previous.add(before);
			this.previous.removeIf(Generation::isUnused);
		}
	}

	/**
	 * Close the connections of all generations. Later exchanges fail in the HTTP library.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.current.library.close();
		this.previous.forEach(Generation::close);
		this.previous.clear();
	}

	/**
	 * HTTP library and the clients on it. Until it reconnects, the transport counts as a
	 * user.
	 *
	 * @param <C> the type of the clients
	 */
	static final class Generation<C> {

		private final HttpLibrary library;

		private final C clients;

		private final AtomicInteger users = new AtomicInteger(1);

		Generation(HttpLibrary library, C clients) {
			this.library = library;
			this.clients = clients;
		}

		HttpLibrary library() {
			return this.library;
		}

		C clients() {
			return this.clients;
		}

		/**
		 * Return whether it can be used. If so, it must be released.
		 */
		private boolean use() {
			return this.users.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
		}

		/**
		 * Release it after use. The library is closed on another thread, because closing
		 * can wait for the current one.
		 */
		void release() {
			if (this.users.decrementAndGet() == 0) {
				OwnThreads.SIGNALS.schedule(this.library::close);
			}
		}

		private void closeIfUnused() {
			if (this.users.decrementAndGet() == 0) {
				this.library.close();
			}
		}

		private boolean isUnused() {
			return this.users.get() <= 0;
		}

		/**
		 * Close the library, even if it is in use.
		 */
		private void close() {
			if (this.users.getAndSet(0) > 0) {
				this.library.close();
			}
		}

	}

}
