package io.kintospring.embedded.differential;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import io.kintospring.embedded.settings.StorageBackend;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Difference that is described in the documentation of the embedded server. Random
 * sequences avoid the requests that show it.
 */
enum KnownDifference {

	/**
	 * The server generates ids, so their order and that of the URIs is random.
	 */
	ORDER_OF_GENERATED_IDS(
			(earlier, request) -> matches(request, "[?&](_sort=[^&]*\\bid\\b|(min|max|gt|lt)_id=)|^/permissions")
					&& Stream.concat(earlier.stream(), Stream.of(request)).anyMatch(KnownDifference::generatesId)),

	/**
	 * Entries of the history have generated ids.
	 */
	ORDER_OF_HISTORY_IDS(
			(earlier, request) -> matches(request, "/history.*([?&](min|max|gt|lt)_id=|_sort=[^&]*\\bid\\b)")),

	/**
	 * Other sequences have buckets, too, and some are public. All ids of buckets have a
	 * suffix.
	 */
	FOREIGN_BUCKETS((earlier, request) -> matches(request,
			"^/(buckets(?![^?]*/)((?!.*[?&]in_id=b)|.*[?&](?!in_)([a-z_]+_)?id=)|permissions(?!.*[?&]bucket_id=b))")
			&& !method(request).equals("POST")),

	/**
	 * An anonymous user can list the buckets if one is public.
	 */
	PUBLIC_FOREIGN_BUCKETS(
			(earlier, request) -> matches(request, "^/buckets(?![^?]*/)") && request.path("user").isNull()),

	/**
	 * The list of permissions is filtered by the code of the memory backend, where
	 * {@code has_} cancels earlier filters.
	 */
	PERMISSIONS_HAS((earlier, request) -> matches(request, "^/permissions.*[?&]has_")),

	/**
	 * Versions are unique in a list, which the buckets of other sequences belong to, and
	 * its own version changes with theirs.
	 */
	VERSIONS_OF_FOREIGN_BUCKETS((earlier, request) -> (matches(request, "^/(buckets|accounts)(/[^/]*)?$")
			&& request.path("body").path("data").has("last_modified"))
			|| matches(request, "^/buckets/[^/]*[?]last_modified=")
			|| (matches(request, "^/buckets(?![^?]*/)")
					&& (request.path("headers").has("If-Match") || request.path("headers").has("If-None-Match")))),

	/**
	 * A version that is taken becomes the next one, which can equal that of an entry of
	 * the history by chance.
	 */
	NEXT_VERSION((earlier, request) -> isHistory(request) ? earlier.stream().anyMatch(KnownDifference::hasTakenVersion)
			: hasTakenVersion(request) && earlier.stream().anyMatch(KnownDifference::isHistory)),

	/**
	 * The server information contains the plugins of the server, and the user's groups in
	 * other sequences.
	 */
	SERVER_INFORMATION((earlier, request) -> matches(request, "^/([?]|$)") && method(request).equals("GET")),

	/**
	 * A comma separates the values of a repeated parameter, too.
	 */
	COMMA_IN_REPEATED_PARAMETER((earlier, request) -> matches(request,
			"[?&](_fields|_sort|(in|exclude)_[^=&]*)(?=[=&])([^&]*,.*&\\1(?![^=&])|.*&\\1=[^&]*,)")),

	/**
	 * An error in a batch does not show that its path ended with a slash.
	 */
	SLASH_IN_BATCH((earlier, request) -> request.path("body")
		.path("requests")
		.valueStream()
		.anyMatch((member) -> matches(member, "/([?]|$)"))),

	/**
	 * In memory, a redirected request creates the default bucket.
	 */
	MEMORY_REDIRECT((earlier, request) -> isRedirectedInDefaultBucket(request)),

	/**
	 * Attachments need a plugin, which protects them from changes.
	 */
	WITHOUT_ATTACHMENTS(
			(earlier, request) -> isOfAttachment(request) || request.path("body").toString().contains("attachment")),

	/**
	 * After an upload has failed, Kinto looks for the collection before it checks the
	 * method. A preflight request reads the record.
	 */
	METHOD_OF_ATTACHMENT((earlier, request) -> isOfAttachment(request)
			&& List.of("PUT", "PATCH", "OPTIONS").contains(method(request))),

	/**
	 * A merge patch can replace an attachment.
	 */
	MERGE_PATCH_OF_ATTACHMENT(
			(earlier, request) -> isMergePatch(request) && request.path("body").path("data").has("attachment")),

	/**
	 * Redirects come first, but a read-only bucket {@code default} rejects everything.
	 */
	READONLY_DEFAULT_BUCKET((earlier, request) -> isRedirectedInDefaultBucket(request)),

	/**
	 * A list of accounts has the version of all accounts.
	 */
	VERSION_OF_ACCOUNTS((earlier, request) -> matches(request, "^/accounts([?]|$)") && !method(request).equals("POST")
			&& (request.path("headers").has("If-Match") || request.path("headers").has("If-None-Match")
					|| earlier.stream().anyMatch((previous) -> previous.toString().contains("dave")))),

	/**
	 * PostgreSQL cannot look for an account whose name is not text.
	 */
	NAME_OF_ACCOUNT((earlier, request) -> matches(request, "^/accounts([?]|$)") && method(request).equals("POST")
			&& request.path("body").path("data").has("id") && !request.path("body").path("data").path("id").isString()),

	/**
	 * In memory, {@code has_} cancels earlier filters.
	 */
	MEMORY_HAS((earlier, request) -> matches(request, "[?&]has_")),

	/**
	 * In memory, {@code like_} is a regular expression, and fails for values that are not
	 * text.
	 */
	MEMORY_LIKE((earlier, request) -> matches(request, "[?&]like_(?!id=|uri=)")),

	/**
	 * In memory, comparing objects fails.
	 */
	MEMORY_ORDER((earlier, request) -> matches(request,
			"[?&]((min|max|lt|gt)_(a|b|o|l|o[.]x|o[.]x[.]y|a[.]x)=|_sort=[^&]*\\b[abol]\\b)")),

	/**
	 * In memory, a merge patch that fails within an object is stored in part.
	 */
	MEMORY_MERGE_PATCH((earlier, request) -> earlier.stream()
		.filter(KnownDifference::isMergePatch)
		.flatMap((previous) -> previous.path("body").path("data").valueStream())
		.anyMatch((value) -> value.valueStream().anyMatch(JsonNode::isObject))),

	/**
	 * In memory, a batch whose history cannot be recorded is complete before it fails.
	 */
	MEMORY_RESPONSE_BEHAVIOR((earlier, request) -> earlier.stream()
		.flatMap((previous) -> previous.path("body").path("requests").valueStream())
		.map((member) -> member.path("headers").path("Response-Behavior").asString(""))
		.anyMatch(List.of("light", "diff")::contains)),

	/**
	 * In memory, a rejected change of an attachment is stored.
	 */
	MEMORY_ATTACHMENT_CHANGES((earlier, request) -> !isOfAttachment(request)
			&& request.path("body").toString().contains("attachment") && method(request).startsWith("P")
			&& earlier.stream().anyMatch((previous) -> previous.toString().contains("/attachment"))),

	/**
	 * In memory, {@code true} equals 1.
	 */
	MEMORY_TRUE_IS_ONE(
			(earlier, request) -> matches(request, "[?&](in|exclude|eq|not|contains|contains_any)_|[?&][abol][=.]"));

	private final BiPredicate<List<JsonNode>, JsonNode> shownBy;

	KnownDifference(BiPredicate<List<JsonNode>, JsonNode> shownBy) {
		this.shownBy = shownBy;
	}

	/**
	 * Return the differences from a Kinto server with the same settings.
	 * @param settings the settings
	 * @return the differences
	 */
	static Set<KnownDifference> of(KintoServerSettings settings) {
		EnumSet<KnownDifference> differences = EnumSet.allOf(KnownDifference.class);
		if (settings.get(KintoSetting.STORAGE_BACKEND) != StorageBackend.MEMORY) {
			differences.removeIf((difference) -> difference.name().startsWith("MEMORY_"));
		}
		if (!settings.get(KintoSetting.READONLY)) {
			differences.remove(READONLY_DEFAULT_BUCKET);
		}
		if (settings.plugins().contains(Plugin.ATTACHMENT)) {
			differences.remove(WITHOUT_ATTACHMENTS);
		}
		return differences;
	}

	/**
	 * Return whether a request shows one of the differences, itself or within a batch.
	 * @param differences the differences
	 * @param earlier the earlier steps of the sequence
	 * @param request the request
	 * @return whether the request shows a difference
	 */
	static boolean any(Collection<KnownDifference> differences, List<Step> earlier, JsonNode request) {
		List<JsonNode> requests = earlier.stream().map((step) -> (JsonNode) step.request()).toList();
		List<JsonNode> before = requests.stream().flatMap(KnownDifference::members).toList();
		return members(request).anyMatch(
				(member) -> differences.stream().anyMatch((difference) -> difference.shownBy.test(before, member)));
	}

	/**
	 * Return a request and the members of its batch, which have the same user.
	 */
	private static Stream<JsonNode> members(JsonNode request) {
		return Stream.concat(Stream.of(request),
				request.path("body")
					.path("requests")
					.valueStream()
					.map((member) -> ((ObjectNode) member).deepCopy().set("user", request.path("user"))));
	}

	private static boolean generatesId(JsonNode request) {
		return method(request).equals("POST") && !path(request).equals("/batch")
				&& request.path("body").path("data").path("id").isMissingNode();
	}

	private static String method(JsonNode request) {
		return request.path("method").asString("GET");
	}

	private static String path(JsonNode request) {
		return request.path("path").asString("");
	}

	private static boolean isHistory(JsonNode request) {
		return matches(request, "/history([?]|$)");
	}

	private static boolean hasTakenVersion(JsonNode request) {
		return request.path("body").path("data").path("last_modified").asString("").startsWith("{{");
	}

	private static boolean isMergePatch(JsonNode request) {
		return request.path("headers").path("Content-Type").asString("").contains("merge-patch");
	}

	private static boolean isOfAttachment(JsonNode request) {
		return matches(request, "/attachment([?]|$)");
	}

	private static boolean isRedirectedInDefaultBucket(JsonNode request) {
		return matches(request, "^/buckets/default/[^?]*/([?]|$)");
	}

	private static boolean matches(JsonNode request, String regex) {
		String decoded = URLDecoder.decode(path(request), StandardCharsets.UTF_8);
		return Pattern.compile(regex).matcher(decoded).find();
	}

}
