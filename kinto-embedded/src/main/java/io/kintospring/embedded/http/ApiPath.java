package io.kintospring.embedded.http;

import java.util.regex.Pattern;

import io.kintospring.embedded.request.RequestTarget;

/**
 * Root path of the API: the optional base path, followed by the version.
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
	 * Return whether a path starts with the version of the API. As in Kinto, only the
	 * first digit of the version counts, so this includes {@code /v10}.
	 * @param path the path
	 * @return whether the path has this version
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
	 * Return whether the trailing slash of a path is superfluous or missing. As in Kinto,
	 * the slash can be escaped.
	 * @param path the path
	 * @return whether the server redirects this path
	 */
	boolean hasWrongSlash(String path) {
		return path.equals(this.root)
				|| (path.length() > this.root.length() + 1 && !RequestTarget.withoutSlashes(path).equals(path));
	}

	String withRightSlash(String path) {
		String bare = RequestTarget.withoutSlashes(path);
		return (bare.length() <= this.root.length()) ? this.root + "/" : bare;
	}

}
