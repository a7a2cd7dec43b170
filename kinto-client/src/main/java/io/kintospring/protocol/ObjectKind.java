package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The kinds of objects, which Kinto treats alike.
 */
enum ObjectKind {

	BUCKET("bucket"), COLLECTION("collection"), GROUP("group"), RECORD("record"),

	/** The names of users may be addresses of e-mail. */
	ACCOUNT("account", "+.@");

	private static final ObjectKind[] KINDS = values();

	/** Resolved by the server to a bucket of each user's own. */
	static final String DEFAULT_BUCKET = "default";

	private final String word;

	private final String name;

	private final String more;

	private final String list;

	ObjectKind(String word) {
		this(word, "");
	}

	ObjectKind(String word, String more) {
		this.word = word;
		this.name = StringUtils.capitalize(word);
		this.more = more;
		this.list = word + "s";
	}

	/**
	 * Return the word for what a list is of, or {@code null} if it is no list's name.
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
					+ ": it must start with a letter or digit and go on with letters, digits, " + others()
					+ " (ASCII only)");
		}
		return parent + "/" + this.list + "/"
				+ (this.more.isEmpty() ? id : UriUtils.encode(id, StandardCharsets.UTF_8));
	}

	private boolean isId(String id) {
		if (id.isEmpty() || !isLetterOrDigit(id.charAt(0))) {
			return false;
		}
		for (int i = 1; i < id.length(); i++) {
			char c = id.charAt(i);
			if (!isLetterOrDigit(c) && c != '-' && c != '_' && this.more.indexOf(c) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

	/**
	 * Whether an id in a path can mean the object that says to have that other id: the
	 * server resolves the bucket {@code default} to one of each user's own.
	 */
	boolean means(String pathId, String id) {
		return pathId.equals(id) || (this == BUCKET && pathId.equals(DEFAULT_BUCKET));
	}

	/**
	 * Check that a response is about the object that was asked for. A response to another
	 * request, by a mistake on the way, must not be taken for this one's.
	 */
	void requireAsked(String asked, String id) {
		if (!means(asked, id)) {
			throw new IllegalArgumentException("it is the " + this.word + " '" + id + "', and '" + asked
					+ "' was asked for: does something between here and the server mix up responses?");
		}
	}

	/**
	 * Return the name that observations and messages give to an operation on one object.
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
		this.more.chars().forEach((other) -> others.append(", '").append((char) other).append('\''));
		return others.append(" and '_'").toString();
	}

}
