package io.kintospring.client;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Schedulers;

/**
 * Clock with the time of Reactor's schedulers, which can be virtual.
 */
final class SchedulersClock {

	private SchedulersClock() {
	}

	static Clock create() {
		InstantSource source = () -> Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
		return source.withZone(ZoneOffset.UTC);
	}

}
