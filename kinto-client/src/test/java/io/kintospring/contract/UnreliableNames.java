package io.kintospring.contract;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Resolver that does not know a part of the names that it is asked for.
 */
final class UnreliableNames extends AddressResolverGroup<InetSocketAddress> {

	private final SplittableRandom random;

	private final AtomicInteger failures = new AtomicInteger();

	private volatile double probability;

	UnreliableNames(long seed, double probability) {
		this.random = new SplittableRandom(seed);
		this.probability = probability;
	}

	/**
	 * Return how often a name was not known.
	 */
	int failures() {
		return this.failures.get();
	}

	/**
	 * Know all names.
	 */
	void recover() {
		this.probability = 0;
	}

	private synchronized boolean fails() {
		return this.random.nextDouble() < this.probability;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new DefaultNameResolver(executor) {

			@Override
			protected void doResolveAll(String name, Promise<List<InetAddress>> promise) throws Exception {
				if (fails()) {
					UnreliableNames.this.failures.incrementAndGet();
					promise.setFailure(new UnknownHostException(name));
				}
				else {
					super.doResolveAll(name, promise);
				}
			}

		}.asAddressResolver();
	}

}
