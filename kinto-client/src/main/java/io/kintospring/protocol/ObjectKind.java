package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Kinds of objects. They share one API in Kinto.
 */
enum ObjectKind {

	BUCKET("bucket"), COLLECTION("collection"), GROUP("group"), RECORD("record"),

	/** Account names can be e-mail addresses. */
	ACCOUNT("account", "+.@");

	private static final ObjectKind[] KINDS = values();

	/** The server resolves it to the personal bucket of each user. */
	static final String DEFAULT_BUCKET = "default";

	private final String word;

	private final String name;

	/** Characters of ids besides ASCII letters, digits, hyphens and underscores. */
	private final String moreCharacters;

	private final String list;

	ObjectKind(String word) {
		this(word, "");
	}

	ObjectKind(String word, String moreCharacters) {
		this.word = word;
		this.name = StringUtils.capitalize(word);
		this.moreCharacters = moreCharacters;
		this.list = word + "s";
	}

	/**
	 * Return the kind of the objects in a list, or {@code null} if it is not the name of
	 * a list.
	 */
	static @Nullable String ofList(String name) {
		for (ObjectKind kind : KINDS) {
			if (kind.list.equals(name)) {
				return kind.word;
			}
		}
		return null;
	}

	String list(String parent) {
		return parent + "/" + this.list;
	}

	String object(String parent, String id) {
		if (!isId(id)) {
			throw new IllegalArgumentException("'" + id + "' cannot be the id of " + article() + " " + this.word
					+ ": it must start with a letter or digit, followed by letters, digits, " + others()
					+ " (ASCII only)");
		}
		return parent + "/" + this.list + "/"
				+ (this.moreCharacters.isEmpty() ? id : UriUtils.encode(id, StandardCharsets.UTF_8));
	}

	/**
	 * Return the id of an object at the root.
	 */
	String id(String path) {
		return path.substring(object("", "x").length() - 1);
	}

	private boolean isId(String id) {
		if (id.isEmpty() || !isLetterOrDigit(id.charAt(0))) {
			return false;
		}
		for (int i = 1; i < id.length(); i++) {
			char c = id.charAt(i);
			if (!isLetterOrDigit(c) && c != '-' && c != '_' && this.moreCharacters.indexOf(c) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

	/**
	 * Return whether an id in a path refers to an object with that id. The server
	 * resolves the bucket {@code default} to the personal bucket of each user.
	 */
	boolean matches(String pathId, String id) {
		return pathId.equals(id) || (this == BUCKET && pathId.equals(DEFAULT_BUCKET));
	}

	/**
	 * Check that a response contains the requested object, in case a proxy mixes up
	 * responses.
	 */
	void requireRequested(String requested, String id) {
		if (!matches(requested, id)) {
			throw new IllegalArgumentException("it is the " + this.word + " '" + id + "' instead of '" + requested
					+ "': check whether a proxy mixes up responses");
		}
	}

	/**
	 * Return the name of an operation on one object, for observations and messages.
	 */
	String operation(String verb) {
		return verb + this.name;
	}

	String word() {
		return this.word;
	}

	private String article() {
		return (this == ACCOUNT) ? "an" : "a";
	}

	private String others() {
		StringBuilder others = new StringBuilder("'-'");
		this.moreCharacters.chars().forEach((other) -> others.append(", '").append((char) other).append('\''));
		return others.append(" and '_'").toString();
	}

}
