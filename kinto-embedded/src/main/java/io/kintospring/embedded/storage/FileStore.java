package io.kintospring.embedded.storage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * In-memory storage of files, with the object that owns each of them.
 * <p>
 * Like files on a disk, the files are not part of a transaction, but their owners are.
 * Not thread-safe.
 */
public final class FileStore {

	private final Map<String, StoredFile> files = new LinkedHashMap<>();

	private final Map<ObjectUri, String> locations = new HashMap<>();

	private final Transactions transactions;

	/**
	 * Create an empty store.
	 * @param transactions the transactions of the changes
	 */
	public FileStore(Transactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * Return the file at a location.
	 * @param location the location
	 * @return the file, or {@code null} if there is none
	 */
	public @Nullable StoredFile find(String location) {
		return this.files.get(location);
	}

	/**
	 * Store a file and assign it to an object.
	 * @param owner the object
	 * @param folder the folder, which is empty or ends with a slash
	 * @param name the name; the store appends a number if the location is taken
	 * @param file the file
	 * @return the location of the file
	 */
	public String add(ObjectUri owner, String folder, String name, StoredFile file) {
		FileName wanted = FileName.of(name);
		String location = folder + name;
		for (int i = 1; location.equals(folder) || this.files.containsKey(location); i++) {
			location = folder + wanted.numbered(i);
		}
		this.files.put(location, file);
		this.locations.put(owner, location);
		this.transactions.onRollback(() -> this.locations.remove(owner));
		return location;
	}

	/**
	 * Detach the files of an object and of all objects below it.
	 * @param uri the object
	 * @param keep whether to keep the files at their locations
	 */
	public void release(ObjectUri uri, boolean keep) {
		this.locations.entrySet().removeIf((entry) -> {
			ObjectUri owner = entry.getKey();
			String location = entry.getValue();
			boolean released = owner.equals(uri) || owner.list().isBelow(uri);
			if (released) {
				this.transactions.onRollback(() -> this.locations.put(owner, location));
			}
			if (released && !keep) {
				this.files.remove(location);
			}
			return released;
		});
	}

	/**
	 * Visit all files.
	 * @param visitor receives the location of each file, the file, and the object that
	 * owns it, or {@code null} if none does
	 */
	public void forEach(Visitor visitor) {
		Map<String, ObjectUri> owners = new HashMap<>();
		this.locations.forEach((owner, location) -> owners.put(location, owner));
		this.files.forEach((location, file) -> visitor.visit(location, file, owners.get(location)));
	}

	/**
	 * Store a file at a location.
	 * @param location the location
	 * @param file the file
	 * @param owner the object that owns the file, or {@code null} if none does
	 */
	public void restore(String location, StoredFile file, @Nullable ObjectUri owner) {
		this.files.put(location, file);
		if (owner != null) {
			this.locations.put(owner, location);
		}
	}

	/**
	 * Remove all files.
	 */
	public void flush() {
		this.files.clear();
		this.locations.clear();
	}

	/**
	 * Visitor of files.
	 */
	public interface Visitor {

		/**
		 * Visit a file.
		 * @param location the location of the file
		 * @param file the file
		 * @param owner the object that owns the file, or {@code null} if none does
		 */
		void visit(String location, StoredFile file, @Nullable ObjectUri owner);

	}

}
