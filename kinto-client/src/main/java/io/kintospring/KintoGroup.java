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
 * Immutable data of a group: its members and other attributes. A permission can be
 * granted to all members with the path of the group, such as
 * {@code /buckets/blog/groups/authors}.
 *
 * @param members the user ids, such as {@code account:alice}, or
 * {@code system.Authenticated}
 * @param attributes all other attributes
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/groups.html">Kinto's
 * groups</a>
 */
@JsonIgnoreProperties({ "id", "last_modified" })
public record KintoGroup(@JsonProperty("members") List<String> members,
		@JsonAnySetter @JsonAnyGetter Map<String, Object> attributes) {

	/**
	 * Create a group.
	 * @param members the user ids, or {@code null} for none
	 * @param attributes all other attributes, or {@code null} for none
	 * @throws IllegalArgumentException if a member is blank, {@code system.Everyone} or
	 * the path of a group
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
	 * Create a group without other attributes.
	 * @param members the user ids, such as {@code account:alice}
	 * @return the group
	 * @throws IllegalArgumentException if a member is blank, {@code system.Everyone} or
	 * the path of a group
	 */
	public static KintoGroup of(String... members) {
		return new KintoGroup(Arrays.asList(members), Map.of());
	}

	/**
	 * Set an attribute.
	 * @param name the name of the attribute
	 * @param value the value
	 * @return a new group with this attribute
	 */
	public KintoGroup attribute(String name, Object value) {
		Map<String, Object> copy = new LinkedHashMap<>(this.attributes);
		copy.put(name, value);
		return new KintoGroup(this.members, copy);
	}

	/**
	 * Add members. Existing members are not added twice.
	 * @param members the user ids
	 * @return a new group with these members
	 * @throws IllegalArgumentException if a member is blank, {@code system.Everyone} or
	 * the path of a group
	 */
	public KintoGroup withMembers(Collection<String> members) {
		Set<String> all = new LinkedHashSet<>(this.members);
		all.addAll(members);
		return new KintoGroup(new ArrayList<>(all), this.attributes);
	}

	/**
	 * Remove members. Ids that are not members are ignored.
	 * @param members the user ids
	 * @return a new group without these members
	 */
	public KintoGroup withoutMembers(Collection<String> members) {
		List<String> rest = new ArrayList<>(this.members);
		rest.removeAll(members);
		return new KintoGroup(rest, this.attributes);
	}

}
