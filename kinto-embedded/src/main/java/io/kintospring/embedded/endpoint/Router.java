package io.kintospring.embedded.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.embedded.permission.Authentication;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.BackendException;
import io.kintospring.embedded.storage.ConstraintViolatedException;
import io.kintospring.embedded.storage.SerializationFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Router that authenticates requests and dispatches them to services. Endpoints also use
 * it to execute nested requests.
 */
final class Router {

	private final List<Service> services = new ArrayList<>();

	private final Authentication authentication;

	private final int retryAfter;

	private final CommonHeaders headers;

	private final Cors cors;

	Router(Authentication authentication, KintoServerSettings settings) {
		this.authentication = authentication;
		this.retryAfter = settings.get(KintoSetting.RETRY_AFTER_SECONDS);
		this.headers = new CommonHeaders(settings);
		this.cors = new Cors(settings);
	}

	void add(Service service) {
		this.services.add(service);
	}

	/**
	 * Return all services.
	 * @return the services
	 */
	List<Service> services() {
		return this.services;
	}

	/**
	 * Handle a request that is part of another one.
	 * @param request the request
	 * @return the response, which can be an error
	 */
	KintoResponse handle(KintoRequest request) {
		return handlePart(request, route(request.path()));
	}

	/**
	 * Handle a request in the place of another one.
	 * @param request the request
	 * @return the response, which can be an error
	 * @throws KintoError if there is no endpoint for the request
	 */
	KintoResponse forward(KintoRequest request) {
		return handlePart(request, requireEndpoint(route(request.path()), request.method()));
	}

	private KintoResponse handlePart(KintoRequest request, @Nullable Route route) {
		try {
			return complete(request, route, handle(request, route));
		}
		catch (RuntimeException ex) {
			KintoError error = toError(ex);
			if (error.isOfValidation()) {
				return complete(request, route, error.response());
			}
			// as in Kinto, errors that it raises within a request lack other headers
			if (!error.isMissingCredentials()) {
				allowScripts(request, route, error.response());
			}
			return error.response();
		}
	}

	/**
	 * Handle a request that is not part of another one.
	 * @param request the request
	 * @param completion completes the changes of the request, and can fail like it
	 * @return the response
	 * @throws KintoError if the request failed
	 */
	KintoResponse handleWhole(KintoRequest request, Runnable completion) {
		Route route = route(request.path());
		try {
			KintoResponse response = handle(request, route);
			completion.run();
			return complete(request, route, response);
		}
		catch (RuntimeException ex) {
			KintoError error = toError(ex);
			if (error.isMissingCredentials() && route != null && route.service.isAlias()) {
				// as in Kinto, no script can read this response
				this.headers.addTo(error.response().headers());
			}
			complete(request, route, error.response());
			throw error;
		}
	}

	private KintoResponse complete(KintoRequest request, @Nullable Route route, KintoResponse response) {
		if (this.headers.addTo(response.headers())) {
			allowScripts(request, route, response);
		}
		return response;
	}

	private void allowScripts(KintoRequest request, @Nullable Route route, KintoResponse response) {
		if (route != null && !route.service.isAlias()) {
			this.cors.allow(request.headers(), response.headers(), route.service.exposed(request.method()));
		}
		else {
			this.cors.allowOutsideServices(request.headers(), response.headers());
		}
	}

	/**
	 * Convert an exception that belongs to the behavior of Kinto.
	 */
	private KintoError toError(RuntimeException ex) {
		if (ex instanceof ConstraintViolatedException) {
			return KintoError.constraintViolated(this.retryAfter);
		}
		if (ex instanceof SerializationFailedException) {
			return KintoError.unavailable(this.retryAfter);
		}
		if (ex instanceof BackendException failure) {
			return failure.isUnavailable() ? KintoError.unavailable(this.retryAfter) : KintoError.failsInKinto();
		}
		if (!(ex instanceof KintoError error)) {
			throw ex;
		}
		if (error.isMissingCredentials()) {
			error.response().headers().addAll(HttpHeaders.WWW_AUTHENTICATE, this.authentication.challenges());
		}
		return error;
	}

	private KintoResponse handle(KintoRequest request, @Nullable Route possible) {
		Route route = requireEndpoint(possible, request.method());
		if (!route.service.isAlias()) {
			this.cors.requireAllowed(request.headers());
		}
		Endpoint endpoint = route.service.endpoint(request.method());
		if (endpoint == null) {
			return this.cors.preflight(request, route.service);
		}
		String authorization = request.headers().getFirst(HttpHeaders.AUTHORIZATION);
		return endpoint.handle(new Call(request, route.variables, this.authentication.authenticate(authorization)));
	}

	private static Route requireEndpoint(@Nullable Route route, HttpMethod method) {
		if (route == null) {
			throw KintoError.nothingHere();
		}
		if (route.service.endpoint(method) == null && method != HttpMethod.OPTIONS) {
			throw route.service.methodNotAllowed();
		}
		return route;
	}

	private @Nullable Route route(String text) {
		PathContainer path = Service.parse(text);
		for (Service service : this.services) {
			Map<String, String> variables = service.match(path);
			if (variables != null) {
				return new Route(service, variables);
			}
		}
		return null;
	}

	/**
	 * Service that handles a request.
	 *
	 * @param service the service
	 * @param variables the variables in its path
	 */
	private record Route(Service service, Map<String, String> variables) {

	}

}
