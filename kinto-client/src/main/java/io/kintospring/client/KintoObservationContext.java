package io.kintospring.client;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.micrometer.observation.transport.RequestReplySenderContext;

import org.springframework.http.HttpHeaders;

/**
 * What is known of an exchange while it is observed. What is put into the carrier is sent
 * with the request.
 */
public final class KintoObservationContext extends RequestReplySenderContext<HttpHeaders, KintoResponse> {

	private final KintoRequest request;

	KintoObservationContext(KintoRequest request, String server) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.set(name, value);
			}
		});
		this.request = request;
		setCarrier(new HttpHeaders());
		setRemoteServiceName("kinto");
		setRemoteServiceAddress(server);
	}

	/**
	 * Return what is sent.
	 * @return the request, without credentials
	 */
	public KintoRequest getRequest() {
		return this.request;
	}

}
