package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.storage.BackendException;
import io.kintospring.embedded.storage.ConstraintViolatedException;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Immutable data that a server starts with.
 * <p>
 * The data is a tree of lists of objects by their id, such as <pre>
 * {"buckets": {"blog": {
 *    "permissions": {"read": ["system.Everyone"]},
 *    "groups": {"authors": {"data": {"members": ["account:ann"]}}},
 *    "collections": {"posts": {
 *      "data": {"cache_expires": 60},
 *      "records": {"first": {"data": {"title": "Hello"}}}}}}},
 *  "accounts": {"ann": {"data": {"password": "secret"}}}}
 * </pre>
 * <p>
 * Each object has the same {@code data} and {@code permissions} as in a request, and the
 * lists below it. Only the principals in the data get permissions.
 */
public final class InitialData {

	private static final InitialData NONE = new InitialData(List.of());

	private final List<ObjectNode> trees;

	private InitialData(List<ObjectNode> trees) {
		this.trees = trees;
	}

	/**
	 * Return empty initial data.
	 * @return the initial data
	 */
	public static InitialData none() {
		return NONE;
	}

	/**
	 * Add a tree of objects.
	 * @param json the tree as JSON in UTF-8
	 * @return the combined data
	 * @throws IllegalArgumentException if the content is not a JSON object
	 */
	public InitialData with(byte[] json) {
		try {
			if (Json.read(json) instanceof ObjectNode tree) {
				return with(tree);
			}
			throw new IllegalArgumentException("Initial data must be a JSON object");
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Initial data must be JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Add an account.
	 * @param name the name of the user
	 * @param password the password
	 * @return the combined data
	 */
	public InitialData withAccount(String name, String password) {
		ObjectNode tree = Json.object();
		tree.withObject("/accounts").putObject(name).putObject(Envelope.DATA).put(AccountResource.PASSWORD, password);
		return with(tree);
	}

	private InitialData with(ObjectNode tree) {
		List<ObjectNode> all = new ArrayList<>(this.trees);
		all.add(tree);
		return new InitialData(List.copyOf(all));
	}

	/**
	 * Store the data.
	 * @param model the model to store the objects in
	 * @param resources the resources that the objects can have
	 * @throws IllegalArgumentException if the data is invalid
	 */
	public void store(Model model, List<Resource> resources) {
		this.trees.forEach((tree) -> store(tree.deepCopy(), null, model, resources));
	}

	private static void store(ObjectNode node, @Nullable ObjectUri parent, Model model, List<Resource> resources) {
		Map<String, Resource> lists = new LinkedHashMap<>();
		resources.stream()
			.filter((resource) -> resource.isCreatable() && resource.isBelow(parent))
			.forEach((resource) -> lists.put(resource.plural(), resource));
		node.forEachEntry((name, objects) -> {
			Resource resource = lists.get(name);
			if (resource == null || !objects.isObject()) {
				throw new IllegalArgumentException(
						"Unsupported list '%s' in %s of the initial data, supported lists are %s".formatted(name,
								(parent != null) ? parent : "/", lists.keySet()));
			}
			ListUri list = new ListUri(parent, resource.name());
			objects.forEachEntry((id, object) -> store(object, list.object(id), resource, model, resources));
		});
	}

	private static void store(JsonNode node, ObjectUri uri, Resource resource, Model model, List<Resource> resources) {
		ObjectNode below = (node instanceof ObjectNode object) ? object : Json.object();
		ObjectNode sent = Json.object();
		List.of(Envelope.DATA, Envelope.PERMISSIONS).forEach((name) -> {
			JsonNode value = below.remove(name);
			if (value != null) {
				sent.set(name, value);
			}
		});
		try {
			resource.ids().check(uri.id());
			Validation validation = new Validation();
			Envelope envelope = resource.readWhole(new Body(sent), validation);
			validation.complete();
			ObjectNode data = (envelope.data() != null) ? envelope.data() : Json.object();
			model.load(resource, new Draft(uri, data, sent, Principals.ANONYMOUS, true), envelope.permissionChanges());
		}
		catch (KintoError | BackendException | ConstraintViolatedException ex) {
			throw new IllegalArgumentException(
					"Invalid object %s in the initial data: %s".formatted(uri, ex.getMessage()), ex);
		}
		store(below, uri, model, resources);
	}

}
