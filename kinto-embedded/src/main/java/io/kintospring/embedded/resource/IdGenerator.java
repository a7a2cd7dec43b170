package io.kintospring.embedded.resource;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;

/**
 * Generator for ids, which also validates the ids that clients choose.
 */
public final class IdGenerator {

	private static final String VALID = "[a-zA-Z0-9][a-zA-Z0-9_-]*";

	/**
	 * Generator of short names, for example for buckets.
	 */
	public static final IdGenerator NAME = new IdGenerator(VALID, IdGenerator::name);

	/**
	 * Generator of UUIDs, for example for records.
	 */
	static final IdGenerator UUID4 = new IdGenerator(VALID, () -> UUID.randomUUID().toString());

	/**
	 * Generator for accounts, whose names can be e-mail addresses.
	 */
	static final IdGenerator ACCOUNT = new IdGenerator("[a-zA-Z0-9][+.@a-zA-Z0-9_-]*", IdGenerator::name);

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

	private static final int FIRST = ALPHABET.length() - 2;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Pattern valid;

	private final Supplier<String> next;

	private IdGenerator(String valid, Supplier<String> next) {
		this.valid = Pattern.compile(valid);
		this.next = next;
	}

	public String next() {
		return this.next.get();
	}

	/**
	 * Validate an id.
	 * @param id the id
	 * @throws KintoError if the id is invalid
	 */
	public void check(String id) {
		if (!this.valid.matcher(id).matches()) {
			throw KintoError.invalid(ErrorDetail.path("Is not a valid id"));
		}
	}

	private static String name() {
		StringBuilder name = new StringBuilder();
		name.append(ALPHABET.charAt(RANDOM.nextInt(FIRST)));
		while (name.length() < 8) {
			name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
		}
		return name.toString();
	}

}
