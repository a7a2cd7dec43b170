package io.kintospring.boot.autoconfigure.embedded;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

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

	/**
	 * Attribute of the restarter with the server, while no context uses it.
	 */
	private static final String KEPT = RestartedServer.class.getName();

	private final Restarter restarter = Restarter.getInstance();

	private Map.@Nullable Entry<?, ?> running;

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
	 * Stop the server that was kept. Does nothing if there is none.
	 */
	static void closeKept() {
		if (isRestartEnabled()) {
			close(Restarter.getInstance().removeAttribute(KEPT));
		}
	}

	/**
	 * Return the server that was kept, or start one. A kept server with another
	 * configuration is replaced.
	 * @param <T> the type of the server
	 * @param type the type of the server
	 * @param server the server to start
	 * @return the server
	 */
	<T extends AutoCloseable> T get(Class<T> type, ConfiguredServer<T> server) {
		Object kept = this.restarter.removeAttribute(KEPT);
		// not an instance if its class was loaded again
		if (kept instanceof Map.Entry<?, ?> entry && entry.getKey().equals(server.configuration())
				&& type.isInstance(entry.getValue())) {
			this.running = entry;
			return type.cast(entry.getValue());
		}
		close(kept);
		T started = start(type, server.start());
		this.running = Map.entry(server.configuration(), started);
		return started;
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

	/**
	 * Keep the server for the next context, unless the application stops, or a server of
	 * another context is kept already.
	 */
	@Override
	public void destroy() {
		Object server = this.running;
		if (server != null && (this.stopping || this.restarter.getOrAddAttribute(KEPT, () -> server) != server)) {
			close(server);
		}
	}

	private static void close(@Nullable Object kept) {
		if (kept instanceof Map.Entry<?, ?> entry && entry.getValue() instanceof AutoCloseable server) {
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
