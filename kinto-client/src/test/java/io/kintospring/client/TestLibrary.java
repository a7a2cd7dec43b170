package io.kintospring.client;

import java.net.http.HttpClient;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * HTTP library of an exchange.
 */
enum TestLibrary {

	/** Reactor Netty, the default. */
	REACTOR_NETTY {
		@Override
		void accept(WebClientKintoTransport.Builder transport) {
		}
	},

	/**
	 * Reactor Netty with a filter that requires Spring's connector.
	 */
	REACTOR_NETTY_WITH_CONNECTOR {
		@Override
		void accept(WebClientKintoTransport.Builder transport) {
			transport.webClient(WebClient.builder()
				.filter((request, next) -> next.exchange(ClientRequest.from(request).httpRequest((outgoing) -> {
				}).build())));
		}
	},

	/** The JDK's client. */
	JDK {
		@Override
		void accept(WebClientKintoTransport.Builder transport) {
			transport.connector(() -> new JdkClientHttpConnector(
					HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()));
		}
	};

	abstract void accept(WebClientKintoTransport.Builder transport);

}
