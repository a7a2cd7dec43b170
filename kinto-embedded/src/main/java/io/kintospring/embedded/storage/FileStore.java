package io.kintospring.embedded.storage;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All files, in memory, and which object has which one.
 * <p>
 * Not safe for use by several threads at once.
 */
public final class FileStore {

	private final Map<String, StoredFile> files = new HashMap<>();

	private final Map<ObjectUri, String> locations = new HashMap<>();

	/**
	 * A file.
	 * @param location where it is
	 * @return the file, none if there is none
	 */
	public @Nullable StoredFile find(String location) {
		return this.files.get(location);
	}

	/**
	 * Stores a file that an object has from then on.
	 * @param owner the object
	 * @param folder the folder, which ends with a slash unless it is empty
	 * @param name the name; another one is made of it if there is such a file already
	 * @param file the file
	 * @return where it is
	 */
	public String add(ObjectUri owner, String folder, String name, StoredFile file) {
		FileName wanted = FileName.of(name);
		String location = folder + name;
		for (int i = 1; location.equals(folder) || this.files.containsKey(location); i++) {
			location = folder + wanted.numbered(i);
		}
		this.files.put(location, file);
		this.locations.put(owner, location);
		return location;
	}

	/**
	 * Takes the file away that an object and each one below it has.
	 * @param uri the object
	 * @param keep whether the files stay where they are
	 */
	public void release(ObjectUri uri, boolean keep) {
		this.locations.entrySet().removeIf((entry) -> {
			boolean released = entry.getKey().equals(uri) || entry.getKey().list().isBelow(uri);
			if (released && !keep) {
				this.files.remove(entry.getValue());
			}
			return released;
		});
	}

	/**
	 * Removes everything.
	 */
	public void flush() {
		this.files.clear();
		this.locations.clear();
	}

}
