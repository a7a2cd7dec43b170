package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

/**
 * The kinds of objects, which Kinto treats alike.
 */
enum ObjectKind {

	BUCKET("bucket"), COLLECTION("collection"), GROUP("group"), RECORD("record"),

	/** The names of users may be addresses of e-mail. */
	ACCOUNT("account", "+.@");

	/** Resolved by the server to a bucket of each user's own. */
	static final String DEFAULT_BUCKET = "default";

	private final String word;

	private final String more;

	private final Pattern id;

	ObjectKind(String word) {
		this(word, "");
	}

	ObjectKind(String word, String more) {
		this.word = word;
		this.more = more;
		this.id = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_" + more + "-]*");
	}

	String list(String parent) {
		return parent + "/" + this.word + "s";
	}

	String object(String parent, String id) {
		if (!this.id.matcher(id).matches()) {
			throw new IllegalArgumentException("'" + id + "' cannot be the id of " + article() + " " + this.word
					+ ": it must start with a letter or digit and go on with letters, digits, " + others()
					+ " (ASCII only)");
		}
		return list(parent) + "/" + UriUtils.encode(id, StandardCharsets.UTF_8);
	}

	/**
	 * Whether an id in a path can mean the object that says to have that other id: the
	 * server resolves the bucket {@code default} to one of each user's own.
	 */
	boolean means(String pathId, String id) {
		return pathId.equals(id) || (this == BUCKET && pathId.equals(DEFAULT_BUCKET));
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
