package io.kintospring.client;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.RequestedIds;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation of one request. Its observation is the parent of the
 * transport's observation of the HTTP exchange, which sends trace headers.
 */
public final class KintoObservationContext extends Observation.Context {

	private final KintoRequest request;

	private final String route;

	private final String server;

	private @Nullable KintoResponse response;

	private @Nullable RequestedIds ids;

	KintoObservationContext(KintoRequest request, String server) {
		this.request = request;
		this.route = request.route();
		this.server = server;
	}

	/**
	 * Return the request.
	 * @return the request, without credentials
	 */
	public KintoRequest getRequest() {
		return this.request;
	}

	/**
	 * Return the path of the request with variables in place of ids.
	 * @return the path
	 * @see KintoRequest#route()
	 */
	public String getRoute() {
		return this.route;
	}

	/**
	 * Return the name of the server.
	 * @return the name, by default the host and port of the URL
	 */
	public String getServer() {
		return this.server;
	}

	/**
	 * Return the ids of the requested object. They are read from the path when they are
	 * first needed.
	 * @return the ids
	 */
	public RequestedIds getIds() {
		RequestedIds current = this.ids;
		if (current == null) {
			current = this.request.ids();
			this.ids = current;
		}
		return current;
	}

	/**
	 * Return the response.
	 * @return the response, or {@code null} if there is none
	 */
	public @Nullable KintoResponse getResponse() {
		return this.response;
	}

	void setResponse(KintoResponse response) {
		this.response = response;
	}

}
