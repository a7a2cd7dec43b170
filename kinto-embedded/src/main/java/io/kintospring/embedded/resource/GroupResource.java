package io.kintospring.embedded.resource;

import java.util.Set;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Validation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups of users.
 */
public final class GroupResource extends Resource {

	public static final String NAME = "group";

	static final String MEMBERS = "members";

	private final SchemaValidation schemas;

	public GroupResource(Resource bucket, SchemaValidation schemas) {
		super(NAME, bucket, Set.of("read", "write"), IdGenerator.NAME);
		this.schemas = schemas;
	}

	@Override
	public void validate(ObjectNode data, String prefix, Validation validation) {
		JsonNode members = data.path(MEMBERS);
		if (members.isMissingNode()) {
			data.putArray(MEMBERS);
			return;
		}
		if (!members.isArray()) {
			validation.add(ErrorDetail.body(prefix + MEMBERS, "Should be a list"));
			return;
		}
		for (int i = 0; i < members.size(); i++) {
			if (!isUser(members.get(i))) {
				validation.add(ErrorDetail.body(prefix + MEMBERS + "." + i, "Should be the id of a user"));
			}
		}
	}

	@Override
	void process(Draft draft) {
		this.schemas.checkByBucket(draft);
	}

	private static boolean isUser(JsonNode member) {
		String user = member.isString() ? member.asString() : "";
		return !user.isEmpty() && !user.startsWith("/buckets/") && !user.equals(Principals.EVERYONE);
	}

}
