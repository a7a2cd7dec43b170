package io.kintospring.embedded.resource;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is particular to one kind of objects; all the rest is the same for all of them.
 */
abstract class Resource {

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

	final String name() {
		return this.name;
	}

	final Set<String> permissions() {
		return this.permissions;
	}

	final IdGenerator ids() {
		return this.ids;
	}

	final String listPath() {
		String below = (this.parent != null) ? "%s/{%s_id}".formatted(this.parent.listPath(), this.parent.name) : "";
		return below + "/" + plural();
	}

	final String objectPath() {
		return listPath() + "/{id}";
	}

	final ListUri list(Map<String, String> variables) {
		return new ListUri(parent(variables), this.name);
	}

	final ObjectUri object(Map<String, String> variables) {
		return list(variables).object(variables.getOrDefault("id", ""));
	}

	/**
	 * Whether the lists of this are below an object.
	 * @param object where the object is, none for the root
	 * @return whether they are
	 */
	final boolean isBelow(@Nullable ObjectUri object) {
		return (this.parent != null) ? object != null && object.list().resourceName().equals(this.parent.name)
				: object == null;
	}

	String plural() {
		return this.name + "s";
	}

	/**
	 * Whether clients can create objects.
	 * @return whether they can
	 */
	boolean isCreatable() {
		return true;
	}

	/**
	 * Whether HEAD tells how many objects there are.
	 * @return whether it does
	 */
	boolean hasTotals() {
		return true;
	}

	KnownFields fields() {
		return KnownFields.ANY;
	}

	/**
	 * Whether objects are never without data of their own.
	 * @return whether data is required
	 */
	boolean requiresData() {
		return false;
	}

	/**
	 * Whether only clients choose ids.
	 * @return whether an id is required
	 */
	boolean requiresId() {
		return false;
	}

	/**
	 * Refuses a request to a list whose parent is not there.
	 * @param model where the parent should be
	 * @param list the list
	 * @throws KintoError if the parent is missing
	 */
	void requireParent(Model model, ListUri list) {
	}

	/**
	 * Refuses a request to a list that is not for those who ask.
	 * @param principals who asks
	 * @throws KintoError if it is not for them
	 */
	void requireListable(Principals principals) {
	}

	/**
	 * Whether an object is there for somebody, whatever they may do with it.
	 * @param uri where the object is
	 * @param principals who asks
	 * @return whether it is as if it was there
	 */
	boolean isVisible(ObjectUri uri, Principals principals) {
		return true;
	}

	/**
	 * Who may write an object from the time on that it is stored.
	 * @param uri where the object is
	 * @param principals who stores it
	 * @return a principal
	 */
	String owner(ObjectUri uri, Principals principals) {
		return principals.current();
	}

	/**
	 * Checks the attributes of an object, and gives those that are missing their default.
	 * @param data the object
	 * @param prefix what to put before the names of wrong attributes
	 * @param validation what to tell about them
	 */
	void validate(ObjectNode data, String prefix, Validation validation) {
	}

	/**
	 * Refuses a change that clients may not make.
	 * @param before the object as it is
	 * @param after the object as a client wants it
	 * @throws KintoError if they may not change it so
	 */
	void requireChangeable(ObjectNode before, ObjectNode after) {
	}

	/**
	 * Completes an object that is otherwise right.
	 * @param draft the object
	 * @throws KintoError if it can't be stored
	 */
	void process(Draft draft) {
	}

	/**
	 * For how long anonymous readers may keep what they got.
	 * @param list the list that they read
	 * @return seconds, none if they should not keep it
	 */
	Optional<Integer> cacheExpires(ListUri list) {
		return Optional.empty();
	}

	private @Nullable ObjectUri parent(Map<String, String> variables) {
		if (this.parent == null) {
			return null;
		}
		return this.parent.list(variables).object(variables.getOrDefault(this.parent.name + "_id", ""));
	}

}
