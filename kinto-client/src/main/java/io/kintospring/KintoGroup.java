package io.kintospring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The data of a group: its members, whom permissions can name as a whole by the group's
 * path, and what other attributes it has. Immutable; each method that changes returns a
 * new value.
 *
 * @param members user ids, such as {@code account:alice}, or {@code system.Authenticated}
 * @param attributes all other attributes
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/groups.html">Kinto's
 * groups</a>
 */
@JsonIgnoreProperties({ "id", "last_modified" })
public record KintoGroup(@JsonProperty("members") List<String> members,
		@JsonAnySetter @JsonAnyGetter Map<String, Object> attributes) {

	/**
	 * Create a group.
	 * @param members user ids
	 * @param attributes all other attributes
	 * @throws IllegalArgumentException if a member cannot be one
	 */
	public KintoGroup(@Nullable List<String> members, @Nullable Map<String, Object> attributes) {
		this.members = (members != null) ? List.copyOf(members) : List.of();
		this.attributes = (attributes != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(attributes))
				: Map.of();
		for (String member : this.members) {
			if (member.isBlank() || member.equals("system.Everyone") || member.startsWith("/")) {
				throw new IllegalArgumentException(
						"'" + member + "' cannot be a member of a group: members are user ids"
								+ " such as account:alice; system.Everyone and other groups cannot be");
			}
		}
	}

	/**
	 * Create a group that has no other attributes.
	 * @param members user ids, such as {@code account:alice}
	 * @return the group
	 * @throws IllegalArgumentException if a member cannot be one
	 */
	public static KintoGroup of(String... members) {
		return new KintoGroup(Arrays.asList(members), Map.of());
	}

	/**
	 * Set an attribute.
	 * @param name the name of the attribute
	 * @param value its value
	 * @return this group with that
	 */
	public KintoGroup attribute(String name, Object value) {
		Map<String, Object> copy = new LinkedHashMap<>(this.attributes);
		copy.put(name, value);
		return new KintoGroup(this.members, copy);
	}

	/**
	 * Add members; who is one already is so only once.
	 * @param members user ids
	 * @return this group with those
	 * @throws IllegalArgumentException if one cannot be a member
	 */
	public KintoGroup withMembers(Collection<String> members) {
		Set<String> all = new LinkedHashSet<>(this.members);
		all.addAll(members);
		return new KintoGroup(new ArrayList<>(all), this.attributes);
	}

	/**
	 * Remove members; who is none does not matter.
	 * @param members user ids
	 * @return this group without those
	 */
	public KintoGroup withoutMembers(Collection<String> members) {
		List<String> rest = new ArrayList<>(this.members);
		rest.removeAll(members);
		return new KintoGroup(rest, this.attributes);
	}

}
