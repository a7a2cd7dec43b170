package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Authentication;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.NotComparableException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Finds out who sent a request and which service answers it. What answers a request by
 * asking others comes back here.
 */
final class Router {

	private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final List<Service> services = new ArrayList<>();

	private final Authentication authentication;

	private final boolean readonly;

	private final CommonHeaders headers;

	Router(Authentication authentication, KintoServerSettings settings) {
		this.authentication = authentication;
		this.readonly = settings.get(KintoSetting.READONLY);
		this.headers = new CommonHeaders(settings);
	}

	void add(Service service) {
		this.services.add(service);
	}

	/**
	 * Answers a request.
	 * @param request the request
	 * @return the answer, which may be an error
	 */
	KintoResponse answer(KintoRequest request) {
		KintoResponse response = answerOrError(request);
		this.headers.addTo(request.headers(), response.headers());
		return response;
	}

	private KintoResponse answerOrError(KintoRequest request) {
		try {
			return route(request);
		}
		catch (KintoError ex) {
			return ex.response();
		}
		catch (NotComparableException ex) {
			return KintoError.unexpected().response();
		}
	}

	private KintoResponse route(KintoRequest request) {
		if (this.readonly && !READING.contains(request.method())) {
			throw KintoError.readonly();
		}
		for (Service service : this.services) {
			Map<String, String> variables = service.match(request.path());
			if (variables != null) {
				String authorization = request.headers().getFirst(HttpHeaders.AUTHORIZATION);
				return service.answer(new Call(request, variables, this.authentication.authenticate(authorization)));
			}
		}
		throw KintoError.nothingHere();
	}

}
