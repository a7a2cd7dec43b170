package io.kintospring.boot.autoconfigure.config;

import java.util.Objects;
import java.util.Optional;

import io.kintospring.boot.autoconfigure.KintoBootstrapConnection;
import io.kintospring.protocol.CollectionCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * Record, or all records of a collection, to import.
 */
final class KintoConfigDataResource extends ConfigDataResource {

	private final KintoBootstrapConnection connection;

	private final String bucket;

	private final String collection;

	private final @Nullable String record;

	private final @Nullable String profile;

	private final boolean locationOptional;

	/**
	 * Create a resource.
	 * @param connection the connection to the server
	 * @param bucket the id of the bucket
	 * @param collection the id of the collection
	 * @param record the id of the record, or {@code null} for all records
	 * @param locationOptional whether the location has the prefix {@code optional:}
	 * @throws IllegalArgumentException if an id is invalid
	 */
	KintoConfigDataResource(KintoBootstrapConnection connection, String bucket, String collection,
			@Nullable String record, boolean locationOptional) {
		this(connection, bucket, collection, record, null, locationOptional);
	}

	private KintoConfigDataResource(KintoBootstrapConnection connection, String bucket, String collection,
			@Nullable String record, @Nullable String profile, boolean locationOptional) {
		this.connection = connection;
		this.bucket = bucket;
		this.collection = collection;
		this.record = record;
		this.profile = profile;
		this.locationOptional = locationOptional;
		requireValidIds();
	}

	private void requireValidIds() {
		CollectionCalls<?> records = this.connection.calls().bucket(this.bucket).collection(this.collection);
		if (this.record != null) {
			records.get(this.record);
		}
	}

	/**
	 * Return the resource of a profile.
	 * @param profileName the name of the profile
	 * @return the resource, or empty if no object can have its id
	 */
	Optional<KintoConfigDataResource> forProfile(String profileName) {
		String suffix = "-" + profileName;
		try {
			return Optional.of((this.record != null)
					? new KintoConfigDataResource(this.connection, this.bucket, this.collection, this.record + suffix,
							profileName, this.locationOptional)
					: new KintoConfigDataResource(this.connection, this.bucket, this.collection + suffix, null,
							profileName, this.locationOptional));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	KintoBootstrapConnection connection() {
		return this.connection;
	}

	String bucket() {
		return this.bucket;
	}

	String collection() {
		return this.collection;
	}

	@Nullable String record() {
		return this.record;
	}

	boolean isProfileSpecific() {
		return this.profile != null;
	}

	boolean isLocationOptional() {
		return this.locationOptional;
	}

	/**
	 * Return whether the application can start if the resource does not exist.
	 */
	boolean mayBeMissing() {
		return this.locationOptional || isProfileSpecific();
	}

	/**
	 * Return the location of the resource, without the prefix {@code optional:}.
	 */
	String location() {
		return KintoConfigDataLocationResolver.PREFIX + this.bucket + "/" + this.collection
				+ ((this.record != null) ? "/" + this.record : "");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof KintoConfigDataResource that && location().equals(that.location())
				&& this.connection.server().equals(that.connection.server());
	}

	@Override
	public int hashCode() {
		return Objects.hash(location(), this.connection.server());
	}

	/**
	 * Return a description for messages.
	 */
	@Override
	public String toString() {
		return ((this.record != null) ? "record '" + this.record + "' of the " : "") + "collection '" + this.collection
				+ "' in the bucket '" + this.bucket + "'";
	}

}
