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
 * Router that authenticates requests and dispatches them to services. Endpoints also use
 * it to execute nested requests.
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
	 * Handle a request.
	 * @param request the request
	 * @return the response, which can be an error
	 */
	KintoResponse handle(KintoRequest request) {
		KintoResponse response = handleOrError(request);
		this.headers.addTo(request.headers(), response.headers());
		return response;
	}

	private KintoResponse handleOrError(KintoRequest request) {
		try {
			return route(request);
		}
		catch (KintoError ex) {
			if (ex.isMissingCredentials()) {
				ex.response().headers().addAll(HttpHeaders.WWW_AUTHENTICATE, this.authentication.challenges());
			}
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
				return service.handle(new Call(request, variables, this.authentication.authenticate(authorization)));
			}
		}
		throw KintoError.nothingHere();
	}

}
