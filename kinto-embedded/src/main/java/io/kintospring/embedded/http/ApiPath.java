package io.kintospring.embedded.http;

import java.util.regex.Pattern;

import io.kintospring.embedded.resource.RequestTarget;

/**
 * Where the API is: below a base path, if there is one, and a version.
 */
final class ApiPath {

	private static final Pattern VERSIONED = Pattern.compile("/v[0-9].*", Pattern.DOTALL);

	private final String base;

	private final String root;

	ApiPath(String base) {
		this.base = base;
		this.root = base + RequestTarget.PREFIX;
	}

	String root() {
		return this.root;
	}

	boolean isBelowBase(String path) {
		return path.startsWith(this.base + "/");
	}

	boolean isVersioned(String path) {
		return VERSIONED.matcher(path.substring(this.base.length())).matches();
	}

	boolean isBelowRoot(String path) {
		return path.equals(this.root) || path.startsWith(this.root + "/");
	}

	/**
	 * Whether a path is not of another version, however odd it is. As in Kinto, the first
	 * digit decides.
	 * @param path the path
	 * @return whether it starts with the version of the API
	 */
	boolean isOfVersion(String path) {
		return path.startsWith(this.root);
	}

	String belowRoot(String path) {
		return path.substring(this.root.length());
	}

	String withVersion(String path) {
		return this.root + path.substring(this.base.length());
	}

	/**
	 * Whether a path has a slash at its end where none belongs, or none where one does.
	 * @param path the path
	 * @return whether it is to be written in another way
	 */
	boolean hasWrongSlash(String path) {
		return path.equals(this.root) || (path.endsWith("/") && path.length() > this.root.length() + 1);
	}

	String withRightSlash(String path) {
		String bare = path.replaceFirst("/+$", "");
		return (bare.length() <= this.root.length()) ? this.root + "/" : bare;
	}

}
