package io.kintospring.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes requests if there is a registry. Exceptions of handlers and conventions are
 * logged and do not affect the call.
 */
final class Observations {

	private static final Log logger = LogFactory.getLog(Observations.class);

	private static final KintoObservationConvention DEFAULT_CONVENTION = new DefaultKintoObservationConvention();

	private static final Observed NONE = new Observed(null, null, null);

	private final ObservationRegistry registry;

	private final @Nullable KintoObservationConvention convention;

	private final String server;

	/** Exceptions that were logged, because they recur with each request. */
	private final Set<Class<?>> logged = ConcurrentHashMap.newKeySet();

	Observations(ObservationRegistry registry, @Nullable KintoObservationConvention convention, String server) {
		this.registry = registry;
		this.convention = convention;
		this.server = server;
	}

	/**
	 * Start the observation of a request. Its parent is the observation in the Reactor
	 * context, or else the current one of the thread.
	 */
	Observed start(KintoRequest request, ContextView view) {
		if (this.registry.isNoop()) {
			return NONE;
		}
		KintoObservationContext context = new KintoObservationContext(request, this.server);
		try {
			Observation observation = KintoObservationDocumentation.REQUEST.observation(this.convention,
					DEFAULT_CONVENTION, () -> context, this.registry);
			Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			if (parent != null) {
				observation.parentObservation(parent);
			}
			return new Observed(observation.start(), context, this::failed);
		}
		catch (Throwable ex) {
			failed(ex);
			return NONE;
		}
	}

	/**
	 * Return the observation of a request that is not sent.
	 */
	Observed none() {
		return NONE;
	}

	private void failed(Throwable ex) {
		if (this.logged.add(ex.getClass())) {
			logger.warn("Requests to Kinto cannot be observed: a handler or convention of Micrometer failed", ex);
		}
	}

	static final class Observed {

		private final @Nullable Observation observation;

		private final @Nullable KintoObservationContext context;

		private final @Nullable Consumer<Throwable> failed;

		private boolean stopped;

		private Observed(@Nullable Observation observation, @Nullable KintoObservationContext context,
				@Nullable Consumer<Throwable> failed) {
			this.observation = observation;
			this.context = context;
			this.failed = failed;
		}

		boolean isNone() {
			return this.observation == null;
		}

		/**
		 * Put the observation into a context as the parent of later observations.
		 */
		Context writeTo(Context target) {
			return (this.observation != null) ? target.put(ObservationThreadLocalAccessor.KEY, this.observation)
					: target;
		}

		void received(KintoResponse response) {
			if (this.context != null) {
				this.context.setResponse(response);
			}
		}

		void stop() {
			stop(null);
		}

		synchronized void stop(@Nullable Throwable error) {
			if (this.observation == null || this.failed == null || this.stopped) {
				return;
			}
			this.stopped = true;
			Observation observed = this.observation;
			if (error != null) {
				guarded(() -> observed.error(error), this.failed);
			}
			guarded(observed::stop, this.failed);
		}

		private static void guarded(Runnable action, Consumer<Throwable> failed) {
			try {
				action.run();
			}
			catch (Throwable ex) {
				failed.accept(ex);
			}
		}

	}

}
