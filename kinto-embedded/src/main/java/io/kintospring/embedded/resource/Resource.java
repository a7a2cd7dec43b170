package io.kintospring.embedded.resource;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KnownFields;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Base class for the properties of one kind of objects. Endpoints implement all other
 * behavior.
 */
public abstract class Resource {

	private final String name;

	private final @Nullable Resource parent;

	private final Set<String> permissions;

	private final IdGenerator ids;

	Resource(String name, @Nullable Resource parent, Set<String> permissions, IdGenerator ids) {
		this.name = name;
		this.parent = parent;
		this.permissions = permissions;
		this.ids = ids;
	}

	public final String name() {
		return this.name;
	}

	public final Set<String> permissions() {
		return this.permissions;
	}

	public final IdGenerator ids() {
		return this.ids;
	}

	public final String listPath() {
		String below = (this.parent != null) ? "%s/{%s_id}".formatted(this.parent.listPath(), this.parent.name) : "";
		return below + "/" + plural();
	}

	public final String objectPath() {
		return listPath() + "/{id}";
	}

	public final ListUri list(Map<String, String> variables) {
		return new ListUri(parent(variables), this.name);
	}

	public final ObjectUri object(Map<String, String> variables) {
		return list(variables).object(variables.getOrDefault("id", ""));
	}

	/**
	 * Return whether the lists of this resource are children of an object.
	 * @param object the URI of the object, or {@code null} for the root
	 * @return whether they are children
	 */
	final boolean isBelow(@Nullable ObjectUri object) {
		return (this.parent != null) ? object != null && object.list().resourceName().equals(this.parent.name)
				: object == null;
	}

	public String plural() {
		return this.name + "s";
	}

	/**
	 * Return whether clients can create objects.
	 * @return whether clients can create objects
	 */
	public boolean isCreatable() {
		return true;
	}

	/**
	 * Return whether a HEAD request returns the number of objects.
	 * @return whether there is a number
	 */
	public boolean hasTotals() {
		return true;
	}

	public KnownFields fields() {
		return KnownFields.ANY;
	}

	/**
	 * Return whether a body must contain data.
	 * @return whether data is required
	 */
	boolean requiresData() {
		return false;
	}

	/**
	 * Return whether clients must choose the id.
	 * @return whether an id is required
	 */
	public boolean requiresId() {
		return false;
	}

	/**
	 * Return whether an id is required before the rest of the request is checked.
	 * @param principals the principals of the user
	 * @return whether an id is required first
	 */
	public boolean requiresIdFirst(Principals principals) {
		return false;
	}

	/**
	 * Begin a request on a list or on one of its objects. As in Kinto, an empty list has
	 * a version from its first request on, even if the request fails later.
	 * @param model the model that contains the list
	 * @param list the list
	 * @throws KintoError if the parent of the list does not exist
	 */
	public final void open(Model model, ListUri list) {
		requireParent(model, list);
		model.timestamp(list);
	}

	/**
	 * Require that the parent of a list exists.
	 * @param model the model that contains the parent
	 * @param list the list
	 * @throws KintoError if the parent does not exist
	 */
	protected void requireParent(Model model, ListUri list) {
	}

	/**
	 * Require that a user may request lists.
	 * @param principals the principals of the user
	 * @throws KintoError if the user may not request lists
	 */
	public void requireListable(Principals principals) {
	}

	/**
	 * Return whether an object is visible to a user, whatever permissions the user has.
	 * @param uri the URI of the object
	 * @param principals the principals of the user
	 * @return whether the object is visible
	 */
	public boolean isVisible(ObjectUri uri, Principals principals) {
		return true;
	}

	/**
	 * Restrict a request for a list to objects that are visible to its user.
	 * @param ids the ids of the objects that the user may request, or {@code null} for
	 * all
	 * @param principals the principals of the user
	 * @return the ids of the visible objects among them, or {@code null} for all
	 */
	public @Nullable Set<String> visible(@Nullable Set<String> ids, Principals principals) {
		return ids;
	}

	/**
	 * Return the principal that gets the write permission on a stored object.
	 * @param uri the URI of the object
	 * @param principals the principals of the user who stores the object
	 * @return the principal
	 */
	String owner(ObjectUri uri, Principals principals) {
		return principals.current();
	}

	/**
	 * Return the principal that gets the write permission on an object of the initial
	 * data.
	 * @param uri the URI of the object
	 * @return the principal, or {@code null} if there is none
	 */
	@Nullable String initialOwner(ObjectUri uri) {
		return null;
	}

	/**
	 * Validate the attributes of an object, and set defaults for missing ones.
	 * @param data the object
	 * @param prefix the prefix of the attributes' names in error details
	 * @param validation collects the errors
	 */
	public void validate(ObjectNode data, String prefix, Validation validation) {
	}

	/**
	 * Reject changes that clients cannot make.
	 * @param before the current object
	 * @param after the object that the client sends
	 * @throws KintoError if the change is not allowed
	 */
	public void requireChangeable(ObjectNode before, ObjectNode after) {
	}

	/**
	 * Complete a valid object before it is stored.
	 * @param draft the object
	 * @throws KintoError if the object cannot be stored
	 */
	void process(Draft draft) {
	}

	/**
	 * Return the time that anonymous readers can cache responses.
	 * @param list the list that contains the objects
	 * @return the time in seconds, or empty to forbid caching
	 */
	public Optional<Long> cacheExpires(ListUri list) {
		return Optional.empty();
	}

	/**
	 * Read the data and permissions in a body, and validate the data as a complete
	 * object.
	 * @param body the body of the request
	 * @param validation collects the errors
	 * @return the data and permissions, without invalid parts
	 */
	public final Envelope readWhole(Body body, Validation validation) {
		Envelope envelope = Envelope.read(body, this.permissions, validation);
		if (envelope.data() == null && requiresData() && body.json() instanceof ObjectNode object
				&& !object.has(Envelope.DATA)) {
			validation.add(ErrorDetail.body(Envelope.DATA, "Is required"));
		}
		if (envelope.data() != null) {
			validate(envelope.data(), Envelope.DATA + ".", validation);
		}
		return envelope;
	}

	private @Nullable ObjectUri parent(Map<String, String> variables) {
		if (this.parent == null) {
			return null;
		}
		return this.parent.list(variables).object(variables.getOrDefault(this.parent.name + "_id", ""));
	}

}
