package io.kintospring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.boot.event.KintoConfigChangedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Watch that polls for changes of imported configuration, updates the environment, and
 * publishes a {@link KintoConfigChangedEvent}. It runs on a thread of its own, from the
 * start of the application context until the context is closed.
 */
final class KintoConfigWatch implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(KintoConfigWatch.class);

	private final ApplicationContext context;

	private final ConfigurableEnvironment environment;

	private final Duration interval;

	/** Names of the property sources whose last poll failed. */
	private final Set<String> failing = new HashSet<>();

	private volatile long resumeAt;

	private volatile @Nullable ScheduledExecutorService executor;

	KintoConfigWatch(ApplicationContext context, ConfigurableEnvironment environment, Duration interval) {
		this.context = context;
		this.environment = environment;
		this.interval = interval;
	}

	@Override
	public synchronized void start() {
		if (this.executor == null) {
			ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "kinto-config-watch");
				thread.setDaemon(true);
				return thread;
			});
			this.resumeAt = System.nanoTime();
			long nanos = this.interval.toNanos();
			started.scheduleWithFixedDelay(this::poll, nanos, nanos, TimeUnit.NANOSECONDS);
			this.executor = started;
		}
	}

	@Override
	public synchronized void stop() {
		ScheduledExecutorService started = this.executor;
		this.executor = null;
		if (started != null) {
			started.shutdownNow();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	private void poll() {
		Set<String> changed = new TreeSet<>();
		for (KintoPropertySource source : sources()) {
			if (isPaused()) {
				break;
			}
			Set<String> names = poll(source);
			if (isCurrent(source)) {
				changed.addAll(names);
			}
		}
		if (!changed.isEmpty() && isRunning()) {
			logger.info("Configuration from Kinto changed: " + changed);
			publish(changed);
		}
	}

	/**
	 * Return whether the watch waits because the server is under load.
	 */
	boolean isPaused() {
		return System.nanoTime() - this.resumeAt < 0;
	}

	/**
	 * Return the current property sources. A refresh of Spring Cloud replaces them.
	 */
	private List<KintoPropertySource> sources() {
		return this.environment.getPropertySources()
			.stream()
			.filter(KintoPropertySource.class::isInstance)
			.map(KintoPropertySource.class::cast)
			.toList();
	}

	/**
	 * Return whether no refresh has replaced the property source during the poll. The
	 * next poll reads the new one.
	 */
	private boolean isCurrent(KintoPropertySource source) {
		return this.environment.getPropertySources().get(source.getName()) == source;
	}

	private Set<String> poll(KintoPropertySource source) {
		try (KintoConfigReader reader = new KintoConfigReader(source.getSource())) {
			long readAt = System.nanoTime();
			Set<String> changed = reader.readIfChanged(source.comparableVersion())
				.map((config) -> source.update(config, readAt))
				.orElse(Set.of());
			pause(reader.backoff());
			if (this.failing.remove(source.getName())) {
				logger.info("The " + source.getSource() + " can be read again");
			}
			return changed;
		}
		catch (RuntimeException ex) {
			onFailure(source, ex);
			return Set.of();
		}
	}

	private void pause(@Nullable Duration duration) {
		if (duration != null) {
			long until = System.nanoTime() + duration.toNanos();
			this.resumeAt = (until - this.resumeAt > 0) ? until : this.resumeAt;
		}
	}

	private void onFailure(KintoPropertySource source, RuntimeException ex) {
		if (ex instanceof KintoUnavailableException unavailable) {
			pause(unavailable.retryAfter());
		}
		boolean known = ex instanceof KintoAccessDeniedException && source.getSource().mayBeMissing()
				&& source.config().version() == null;
		if (isRunning() && !known && this.failing.add(source.getName())) {
			logger.warn("The " + source.getSource() + " cannot be read, so its properties are kept."
					+ " Further failures are not logged until it can be read again: " + ex.getMessage());
			logger.debug("Reason", ex);
		}
	}

	/**
	 * Publish the event. The message of an exception can contain the value of a property.
	 */
	private void publish(Set<String> changed) {
		try {
			this.context.publishEvent(new KintoConfigChangedEvent(this.context, changed));
		}
		catch (RuntimeException | Error ex) {
			if (isRunning()) {
				logger.warn("A listener of the changes failed with " + ex.getClass().getName()
						+ ". Enable DEBUG for the stack trace.");
				logger.debug("Reason", ex);
			}
		}
	}

}
