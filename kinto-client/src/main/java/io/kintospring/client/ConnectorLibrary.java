package io.kintospring.client;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * Any HTTP library that Spring has a connector for.
 */
final class ConnectorLibrary implements HttpLibrary {

	private static final Log logger = LogFactory.getLog(ConnectorLibrary.class);

	private final ClientHttpConnector connector;

	ConnectorLibrary(ClientHttpConnector connector) {
		this.connector = connector;
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	/**
	 * The JDK's client refuses the header.
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
