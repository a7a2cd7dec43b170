package io.kintospring.boot.autoconfigure.embedded;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Server that is kept while Spring Boot's developer tools restart the application.
 * <p>
 * The scope {@code restart} is not used, because it never destroys its beans, and because
 * all contexts of a JVM share them even if restarts are disabled, such as in tests.
 * <p>
 * Only this class uses {@code spring-boot-devtools}, which is an optional dependency.
 */
class RestartedServer implements ApplicationListener<ContextClosedEvent>, DisposableBean {

	private static final String ATTRIBUTE = RestartedServer.class.getName();

	private final Restarter restarter = Restarter.getInstance();

	private boolean stopping;

	/**
	 * Return whether the developer tools can restart the application.
	 * @return whether restarts are enabled
	 */
	static boolean isRestartEnabled() {
		try {
			return Restarter.getInstance().getInitialUrls() != null;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * Return the running server, or start one. A running server with another
	 * configuration is replaced.
	 * @param <T> the type of the server
	 * @param type the type of the server
	 * @param configuration identifies the configuration of the server. Its class must not
	 * be one that is loaded again when the application restarts.
	 * @param start starts the server
	 * @return the server
	 */
	<T extends AutoCloseable> T get(Class<T> type, Object configuration, Supplier<T> start) {
		Map.Entry<?, ?> kept = (Map.Entry<?, ?>) this.restarter.getOrAddAttribute(ATTRIBUTE,
				() -> Map.entry(configuration, start(type, start)));
		// not an instance if its class was loaded again
		if (!kept.getKey().equals(configuration) || !type.isInstance(kept.getValue())) {
			close();
			return get(type, configuration, start);
		}
		return type.cast(kept.getValue());
	}

	/**
	 * Start a server whose threads do not refer to the class loader of the application,
	 * which is replaced when the application restarts.
	 */
	private static <T> T start(Class<T> type, Supplier<T> start) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(type.getClassLoader());
		try {
			return start.get();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/**
	 * A context that fails to start is not closed, so the server is kept until the
	 * application is corrected.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopping = !isCalledByRestarter();
	}

	private static boolean isCalledByRestarter() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(Restarter.class.getName())));
	}

	@Override
	public void destroy() {
		if (this.stopping) {
			close();
		}
	}

	private void close() {
		if (this.restarter.removeAttribute(ATTRIBUTE) instanceof Map.Entry<?, ?> kept
				&& kept.getValue() instanceof AutoCloseable server) {
			try {
				server.close();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
