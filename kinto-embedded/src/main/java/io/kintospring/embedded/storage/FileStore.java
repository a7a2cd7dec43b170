package io.kintospring.embedded.storage;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * In-memory storage of files, with the object that owns each of them.
 * <p>
 * Not thread-safe.
 */
public final class FileStore {

	private final Map<String, StoredFile> files = new HashMap<>();

	private final Map<ObjectUri, String> locations = new HashMap<>();

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
		return location;
	}

	/**
	 * Detach the files of an object and of all objects below it.
	 * @param uri the object
	 * @param keep whether to keep the files at their locations
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
	 * Remove all files.
	 */
	public void flush() {
		this.files.clear();
		this.locations.clear();
	}

}
