package io.kintospring.client;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.util.context.Context;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * {@link HttpLibrary} on any {@link ClientHttpConnector}.
 */
final class ConnectorLibrary implements HttpLibrary {

	private static final Log logger = LogFactory.getLog(ConnectorLibrary.class);

	/** Reactor's context key of the handler for dropped errors. */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	/**
	 * Some HTTP libraries report an error for a cancelled exchange, which Reactor would
	 * log at level ERROR.
	 */
	private static final Context DROPPED_ERRORS = Context.of(ON_ERROR_DROPPED,
			(Consumer<Throwable>) (ex) -> logger.debug("An exchange failed after its end", ex));

	private final ClientHttpConnector connector;

	ConnectorLibrary(ClientHttpConnector connector) {
		this.connector = connector;
	}

	@Override
	public ClientHttpConnector connector() {
		return (method, uri, requestCallback) -> this.connector.connect(method, uri, requestCallback)
			.contextWrite(DROPPED_ERRORS);
	}

	/**
	 * The JDK's client rejects the header.
	 */
	@Override
	public boolean needsConnectionClose() {
		return !(this.connector instanceof JdkClientHttpConnector);
	}

	@Override
	public void close() {
		try {
			if (this.connector instanceof AutoCloseable closeable) {
				closeable.close();
			}
			else if (this.connector instanceof DisposableBean bean) {
				bean.destroy();
			}
		}
		catch (Exception ex) {
			logger.warn("The connections of " + this.connector.getClass().getName() + " could not be closed", ex);
		}
	}

}
