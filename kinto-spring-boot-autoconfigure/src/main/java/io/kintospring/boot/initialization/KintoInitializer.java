package io.kintospring.boot.initialization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.boot.initialization.DefinedObject.Write;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoOperations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Initializer that creates the objects of a {@link KintoDefinition} on a server, and
 * changes those that differ from it.
 * <ul>
 * <li>Objects are read first. An object that is as defined is not written.</li>
 * <li>Each write has a precondition. If an object changes in between, it is read and
 * compared again, in up to 10 attempts. Several applications can be initialized at the
 * same time.</li>
 * <li>Nothing is deleted. Fields that are not defined are kept, and so are principals in
 * permissions and members of groups.</li>
 * </ul>
 * Instances are immutable and thread-safe.
 */
public final class KintoInitializer {

	private static final int MAX_ATTEMPTS = 10;

	/**
	 * Kinto grants this principal the permission to write what an anonymous user creates.
	 */
	private static final String ANONYMOUS = "system.Everyone";

	private final KintoOperations kinto;

	private final KintoCalls calls;

	private final boolean replacePrincipals;

	/**
	 * Create an initializer that keeps principals that are not defined.
	 * @param kinto the operations of the server
	 */
	public KintoInitializer(KintoOperations kinto) {
		this(kinto, false);
	}

	private KintoInitializer(KintoOperations kinto, boolean replacePrincipals) {
		this.kinto = kinto;
		// the mapper of an application may omit null values
		this.calls = kinto.calls().withMapper(JsonMapper.shared());
		this.replacePrincipals = replacePrincipals;
	}

	/**
	 * Set whether to remove principals that are not defined from the permissions that are
	 * defined, and members that are not defined from groups with {@code members}. The
	 * default is {@code false}. Kinto never removes the current user from {@code write}.
	 * @param replacePrincipals whether to remove them
	 * @return a new initializer with this setting
	 */
	public KintoInitializer replacePrincipals(boolean replacePrincipals) {
		return new KintoInitializer(this.kinto, replacePrincipals);
	}

	/**
	 * Compare a definition with the server. Nothing is written.
	 * @param definition the definition
	 * @return the changes that {@link #apply} would make
	 * @throws InvalidKintoDefinitionException if the definition is invalid
	 * @throws KintoInitializationException if an object cannot be read
	 */
	public List<KintoChange> plan(KintoDefinition definition) {
		List<KintoChange> planned = new ArrayList<>();
		Set<String> missing = new HashSet<>();
		@Nullable String user = user();
		for (List<DefinedObject<?>> level : DefinedObject.levels(definition, this.calls)) {
			for (Write write : compare(level, missing, new HashMap<>(), user)) {
				add(write, planned, missing);
			}
		}
		return planned;
	}

	/**
	 * Create and change objects, so that the server has everything that is defined.
	 * @param definition the definition
	 * @return the changes that were made
	 * @throws InvalidKintoDefinitionException if the definition is invalid. Nothing is
	 * written.
	 * @throws KintoInitializationException if an object cannot be read or written
	 */
	public List<KintoChange> apply(KintoDefinition definition) {
		List<KintoChange> changes = new ArrayList<>();
		Set<String> created = new HashSet<>();
		@Nullable String user = user();
		for (List<DefinedObject<?>> level : DefinedObject.levels(definition, this.calls)) {
			apply(level, changes, created, user);
		}
		return changes;
	}

	private void apply(List<DefinedObject<?>> level, List<KintoChange> changes, Set<String> created,
			@Nullable String user) {
		Map<DefinedObject<?>, KintoException> conflicts = new LinkedHashMap<>();
		List<DefinedObject<?>> pending = level;
		Set<String> missing = Set.copyOf(created);
		for (int attempt = 1; !pending.isEmpty(); attempt++) {
			List<Write> writes = compare(pending, missing, conflicts, user);
			conflicts.clear();
			List<Outcome<?>> outcomes = send(writes.stream().map(Write::call).toList());
			for (int i = 0; i < writes.size(); i++) {
				Write write = writes.get(i);
				KintoException error = outcomes.get(i).error();
				if (error == null) {
					add(write, changes, created);
				}
				else if (attempt < MAX_ATTEMPTS && isConcurrentChange(error)) {
					conflicts.put(write.object(), error);
				}
				else {
					throw write.object().failed(error);
				}
			}
			pending = List.copyOf(conflicts.keySet());
			missing = Set.of();
		}
	}

	/**
	 * Return whether another client created, changed or deleted the object in between.
	 */
	private static boolean isConcurrentChange(KintoException error) {
		return error instanceof KintoConflictException || error instanceof KintoNotFoundException;
	}

	private static void add(Write write, List<KintoChange> changes, Set<String> created) {
		changes.add(write.change());
		if (write.change().created()) {
			created.add(write.object().path());
		}
	}

	private @Nullable String user() {
		return this.replacePrincipals ? this.kinto.fetchUser().map(KintoUser::id).orElse(ANONYMOUS) : null;
	}

	/**
	 * Return the necessary writes.
	 * @param objects the objects to compare with the server
	 * @param missing the paths of objects that contain nothing yet
	 * @param conflicts the conflicts of earlier writes
	 * @param user the current user to replace principals, or {@code null} to add them
	 */
	private List<Write> compare(List<DefinedObject<?>> objects, Set<String> missing,
			Map<DefinedObject<?>, KintoException> conflicts, @Nullable String user) {
		List<DefinedObject<?>> readable = objects.stream()
			.filter((object) -> !missing.contains(object.parent()))
			.toList();
		Map<DefinedObject<?>, KintoObject<?>> existing = read(readable, conflicts);
		List<Write> writes = new ArrayList<>();
		for (DefinedObject<?> object : objects) {
			KintoObject<?> found = existing.get(object);
			Write write = (found != null) ? object.change(found, user) : object.create();
			if (write != null) {
				writes.add(write);
			}
		}
		return writes;
	}

	/**
	 * Read the objects that exist. Kinto also denies access to a bucket that does not
	 * exist. The attempt to create the object shows whether it exists.
	 */
	private Map<DefinedObject<?>, KintoObject<?>> read(List<DefinedObject<?>> objects,
			Map<DefinedObject<?>, KintoException> conflicts) {
		List<Outcome<?>> outcomes = send(objects.stream().map(DefinedObject::read).toList());
		Map<DefinedObject<?>, KintoObject<?>> existing = new HashMap<>();
		for (int i = 0; i < objects.size(); i++) {
			DefinedObject<?> object = objects.get(i);
			KintoException error = outcomes.get(i).error();
			if (error == null) {
				existing.put(object, (KintoObject<?>) outcomes.get(i).get());
			}
			else if (!(error instanceof KintoNotFoundException)
					&& !(error instanceof KintoAccessDeniedException && !isDuplicate(conflicts.get(object)))) {
				throw object.failed(error);
			}
		}
		return existing;
	}

	private static boolean isDuplicate(@Nullable KintoException error) {
		return error instanceof KintoConflictException conflict && conflict.isDuplicate();
	}

	private List<Outcome<?>> send(List<? extends KintoCall<?>> calls) {
		return calls.isEmpty() ? List.of() : this.kinto.batch(calls, (options) -> options.collectErrors()).outcomes();
	}

}
