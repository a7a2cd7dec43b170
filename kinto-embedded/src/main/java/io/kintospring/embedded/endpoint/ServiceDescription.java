package io.kintospring.embedded.endpoint;

import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.resource.Resource;

import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

/**
 * What the description of the API says about a service.
 *
 * @param tag the title of the group that the operations belong to
 * @param kind the kind of the service
 * @param permissions the permissions that an object can have
 * @param operations the ids of the operations by method
 */
record ServiceDescription(String tag, Kind kind, Set<String> permissions, Map<HttpMethod, String> operations) {

	static ServiceDescription ofList(Resource resource) {
		String plural = resource.plural();
		return new ServiceDescription(StringUtils.capitalize(plural), Kind.LIST, resource.permissions(),
				Map.of(HttpMethod.GET, "get_" + plural, HttpMethod.POST, "create_" + resource.name(), HttpMethod.DELETE,
						"delete_" + plural));
	}

	static ServiceDescription ofObject(Resource resource) {
		String name = resource.name();
		return new ServiceDescription(StringUtils.capitalize(resource.plural()), Kind.OBJECT, resource.permissions(),
				Map.of(HttpMethod.GET, "get_" + name, HttpMethod.PUT, "update_" + name, HttpMethod.PATCH,
						"patch_" + name, HttpMethod.DELETE, "delete_" + name));
	}

	/**
	 * Describe a list whose objects clients cannot request.
	 * @param name the name of the list
	 * @return the description
	 */
	static ServiceDescription ofReadOnlyList(String name) {
		return new ServiceDescription(StringUtils.capitalize(name), Kind.LIST, Set.of(),
				Map.of(HttpMethod.GET, "get_" + name));
	}

	static ServiceDescription of(String tag, HttpMethod method, String operation) {
		return new ServiceDescription(tag, Kind.OTHER, Set.of(), Map.of(method, operation));
	}

	/**
	 * Kinds of services.
	 */
	enum Kind {

		/**
		 * List of objects.
		 */
		LIST,

		/**
		 * Single object.
		 */
		OBJECT,

		/**
		 * Anything else.
		 */
		OTHER

	}

}
