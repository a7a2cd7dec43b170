package io.kintospring.embedded.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there from the start: a tree of lists of objects by their id, as in <pre>
 * {"buckets": {"blog": {
 *     "permissions": {"read": ["system.Everyone"]},
 *     "groups": {"authors": {"data": {"members": ["account:ann"]}}},
 *     "collections": {"posts": {
 *         "data": {"cache_expires": 60},
 *         "records": {"first": {"data": {"title": "Hello"}}}}}}},
 *  "accounts": {"ann": {"data": {"password": "secret"}}}}
 * </pre> Each object has the <code>data</code> and <code>permissions</code> that a client
 * would send, and the lists below it. Nobody but those who are named has permissions.
 * Immutable.
 */
public final class InitialData {

	private static final InitialData NONE = new InitialData(List.of());

	private final List<ObjectNode> trees;

	private InitialData(List<ObjectNode> trees) {
		this.trees = trees;
	}

	/**
	 * Nothing at all.
	 * @return no data
	 */
	public static InitialData none() {
		return NONE;
	}

	/**
	 * These data and more.
	 * @param json a tree of JSON in UTF-8
	 * @return all of it
	 * @throws IllegalArgumentException if it is not JSON
	 */
	public InitialData with(byte[] json) {
		try {
			if (Json.read(json) instanceof ObjectNode tree) {
				return with(tree);
			}
			throw new IllegalArgumentException("Initial data should be an object");
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Initial data should be JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * These data and an account.
	 * @param name the name of the user
	 * @param password the password
	 * @return all of it
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
	 * Stores the data.
	 * @param model where
	 * @param resources what they can be
	 * @throws IllegalArgumentException if they can't be stored
	 */
	void store(Model model, List<Resource> resources) {
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
				throw new IllegalArgumentException("Initial data have '%s' in %s, where there can be objects with: %s"
					.formatted(name, (parent != null) ? parent : "/", lists.keySet()));
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
			Envelope envelope = Envelope.readWhole(new Body(sent), resource, validation);
			validation.complete();
			ObjectNode data = (envelope.data() != null) ? envelope.data() : Json.object();
			model.load(resource, new Draft(uri, data, sent, Principals.ANONYMOUS, true), envelope.permissionChanges());
		}
		catch (KintoError ex) {
			throw new IllegalArgumentException("Initial data can't have %s: %s".formatted(uri, ex.getMessage()), ex);
		}
		store(below, uri, model, resources);
	}

}
