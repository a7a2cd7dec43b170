package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Authentication;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.BackendException;
import io.kintospring.embedded.storage.ConstraintViolatedException;
import io.kintospring.embedded.storage.SerializationFailedException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Router that authenticates requests and dispatches them to services. Endpoints also use
 * it to execute nested requests.
 */
final class Router {

	private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final List<Service> services = new ArrayList<>();

	private final Authentication authentication;

	private final boolean readonly;

	private final int retryAfter;

	private final CommonHeaders headers;

	Router(Authentication authentication, KintoServerSettings settings) {
		this.authentication = authentication;
		this.readonly = settings.get(KintoSetting.READONLY);
		this.retryAfter = settings.get(KintoSetting.RETRY_AFTER_SECONDS);
		this.headers = new CommonHeaders(settings);
	}

	void add(Service service) {
		this.services.add(service);
	}

	/**
	 * Handle a request that is part of another one.
	 * @param request the request
	 * @return the response, which can be an error
	 */
	KintoResponse handle(KintoRequest request) {
		try {
			return handleWhole(request, () -> {
			});
		}
		catch (KintoError ex) {
			return ex.response();
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
		try {
			KintoResponse response = route(request);
			completion.run();
			return complete(request, response);
		}
		catch (RuntimeException ex) {
			KintoError error = toError(ex);
			complete(request, error.response());
			throw error;
		}
	}

	private KintoResponse complete(KintoRequest request, KintoResponse response) {
		this.headers.addTo(request.headers(), response.headers());
		return response;
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
			return failure.isUnavailable() ? KintoError.unavailable(this.retryAfter) : KintoError.unexpected();
		}
		if (!(ex instanceof KintoError error)) {
			throw ex;
		}
		if (error.isMissingCredentials()) {
			error.response().headers().addAll(HttpHeaders.WWW_AUTHENTICATE, this.authentication.challenges());
		}
		return error;
	}

	private KintoResponse route(KintoRequest request) {
		if (this.readonly && !READING.contains(request.method())) {
			throw KintoError.readonly();
		}
		for (Service service : this.services) {
			Map<String, String> variables = service.match(request.path());
			if (variables != null) {
				String authorization = request.headers().getFirst(HttpHeaders.AUTHORIZATION);
				return service.handle(new Call(request, variables, this.authentication.authenticate(authorization)));
			}
		}
		throw KintoError.nothingHere();
	}

}
