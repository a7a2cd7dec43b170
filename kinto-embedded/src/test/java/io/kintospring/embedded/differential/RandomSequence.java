package io.kintospring.embedded.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Random sequence of valid requests. Each sequence has a theme, which determines how
 * frequent each kind of request is.
 */
final class RandomSequence {

	private static final int LENGTH = 12;

	private static final String B1 = "b1" + Step.NONCE;

	private static final String B2 = "b2" + Step.NONCE;

	private static final String CAROL = "carol" + Step.NONCE;

	private static final String DAVE = "dave" + Step.NONCE;

	private static final String JSON = "application/json";

	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final String JSON_PATCH = "application/json-patch+json";

	private static final List<Theme> THEMES = Stream.of(Theme.values())
		.flatMap((theme) -> Stream.generate(() -> theme).limit(theme.weight))
		.toList();

	private final RandomJson json;

	private final RandomQuery queries;

	private final RareRequest variations;

	private final RandomUpload uploads;

	private final Theme theme;

	/** Whether the server chooses ids, in which case their order is unknown. */
	private final boolean generatesIds;

	/** Percentage of requests that are changed into rare ones. */
	private final int rarePercent;

	private final Set<KnownDifference> avoided;

	private final List<Step> steps = new ArrayList<>();

	private RandomSequence(long seed, Set<KnownDifference> avoided) {
		this.json = new RandomJson(new Random(seed));
		this.queries = new RandomQuery(this.json);
		this.variations = new RareRequest(this.json);
		this.uploads = new RandomUpload(this.json);
		this.theme = this.json.one(THEMES);
		this.generatesIds = this.json.chance(25);
		this.rarePercent = this.json.chance(50) ? 40 : 0;
		this.avoided = avoided;
	}

	/**
	 * Return the sequence of a seed.
	 * @param seed the seed
	 * @param avoided the known differences to avoid
	 * @return the steps
	 */
	static List<Step> of(long seed, Set<KnownDifference> avoided) {
		RandomSequence sequence = new RandomSequence(seed, avoided);
		sequence.prepare();
		for (int i = 0; i < LENGTH; i++) {
			sequence.addRandom();
		}
		return List.copyOf(sequence.steps);
	}

	private void prepare() {
		if (this.theme != Theme.DEFAULT_BUCKET) {
			add(put("buckets", bucket(B1)));
		}
		ObjectNode collection = put("collections", collection("c1"));
		if (this.theme == Theme.SCHEMAS) {
			collection.withObject("body").withObject("data").set("schema", this.json.schema());
		}
		add(collection);
		if (this.theme == Theme.QUERIES) {
			ObjectNode batch = request("POST", "/batch");
			ArrayNode members = withBody(batch, JSON).putArray("requests");
			for (int i = 1 + this.json.number(6); i > 0; i--) {
				members.add(member(put("records", collection("c1") + "/records/r" + i)));
			}
			add(batch);
		}
	}

	private void addRandom() {
		for (int i = 0; i < 50; i++) {
			ObjectNode request = next();
			if (this.json.chance(this.rarePercent)) {
				String list = Templates.list(request.path("path").asString());
				this.variations.vary(request, ids(list.substring(list.lastIndexOf('/') + 1)), versions(list));
			}
			if (add(request)) {
				String path = request.path("path").asString();
				if (path.contains("_limit=") && this.json.chance(80)) {
					int previous = this.steps.size() - 1;
					ObjectNode page = request.deepCopy().put("path", "{{next-page:%d}}".formatted(previous));
					add(page.without("headers"));
				}
				return;
			}
		}
	}

	private boolean add(ObjectNode request) {
		if (KnownDifference.any(this.avoided, this.steps, request)) {
			return false;
		}
		this.steps.add(new Step(this.steps.size(), request));
		return true;
	}

	private ObjectNode next() {
		return switch (this.json.one(this.theme.kinds)) {
			case WRITE -> write();
			case READ -> read();
			case LIST -> query("GET");
			case DELETE_LIST -> query("DELETE");
			case BATCH -> batch();
			case HISTORY -> history();
			case PERMISSIONS -> permissions();
			case HTTP -> http();
			case ACCOUNT -> this.json.chance(20) ? accountBatch() : account();
			case ATTACHMENT -> attachment();
		};
	}

	private ObjectNode write() {
		String resource = resource();
		String path = list(resource) + "/" + id(resource);
		return switch (this.json.number(10)) {
			case 0, 1, 2, 3 -> conditional(put(resource, path));
			case 4, 5 -> conditional(post(resource));
			case 6, 7, 8 -> conditional(patch(resource, path));
			default -> conditional(delete(path));
		};
	}

	private ObjectNode put(String resource, String path) {
		ObjectNode request = request("PUT", path);
		if (this.json.chance(5)) {
			return request;
		}
		ObjectNode body = withBody(request, JSON);
		if (this.json.chance(92)) {
			body.set("data", this.json.data(resource));
			if (resource.equals("collections") && this.json.chance((this.theme == Theme.SCHEMAS) ? 40 : 3)) {
				body.withObject("data").set("schema", this.json.schema());
			}
		}
		if (this.json.chance(permissionsPercent())) {
			body.set("permissions", this.json.permissions(resource));
		}
		return request;
	}

	private ObjectNode post(String resource) {
		ObjectNode request = put(resource, list(resource)).put("method", "POST");
		boolean named = !this.generatesIds || this.json.chance(50);
		if (named) {
			request.withObject("headers").put("Content-Type", JSON);
			request.withObject("body").withObject("data").put("id", id(resource));
		}
		return request;
	}

	private ObjectNode patch(String resource, String path) {
		ObjectNode request = request("PATCH", path);
		if (this.json.chance(30)) {
			request.withObject("headers").put("Content-Type", JSON_PATCH);
			request.set("body", this.json.patch());
			return request;
		}
		ObjectNode body = withBody(request, this.json.chance(40) ? MERGE_PATCH : JSON);
		if (this.json.chance(85)) {
			ObjectNode data = this.json.data();
			if (resource.equals("groups") && this.json.chance(50)) {
				data = this.json.data(resource);
			}
			body.set("data", data);
		}
		if (this.json.chance(permissionsPercent())) {
			body.set("permissions", this.json.permissions(resource));
		}
		return request;
	}

	private ObjectNode delete(String path) {
		return request("DELETE",
				path + (this.json.chance(8) ? "?last_modified=" + this.json.one(List.of("0", "1000", "true")) : ""));
	}

	private ObjectNode read() {
		String resource = resource();
		String path = list(resource) + "/" + id(resource);
		return conditional(request(this.json.chance(85) ? "GET" : "HEAD",
				path + (this.json.chance(12) ? "?_fields=" + this.json.one(List.of("a", "id", "o.x", "n,s")) : "")));
	}

	private ObjectNode query(String method) {
		String resource = resource();
		String path = list(resource);
		String query = this.queries.next(ids(resource), versions(path));
		if (resource.equals("buckets") && !query.contains("in_id=")) {
			query = (query.isEmpty() ? "?" : query + "&") + "in_id=" + B1 + "," + B2;
		}
		String actual = (method.equals("GET") && this.json.chance(15)) ? "HEAD" : method;
		return conditional(request(actual, path + query));
	}

	private ObjectNode history() {
		String path = bucketPath() + "/history";
		List<String> filters = List.of("resource_name=record", "resource_name=collection", "action=update",
				"action=create", "action=delete", "collection_id=c1", "record_id=r1", "target.data.n=1",
				"user_id={{user:alice}}", "uri=" + bucketPath() + "/collections/c1/records/r1",
				"in_action=create,delete", "not_resource_name=record", "has_record_id=true", "like_uri=r1", "_limit=2",
				"_limit=3", "_sort=last_modified", "_sort=-last_modified", "_sort=action",
				"_sort=resource_name,-last_modified", "_fields=action,uri", "_fields=target",
				"_since=" + this.json.one(versions(path)));
		String query = Stream.generate(() -> this.json.one(filters))
			.limit(this.json.number(4))
			.collect(Collectors.toMap((filter) -> filter.replaceFirst("=.*", ""), (filter) -> filter, (a, b) -> a))
			.values()
			.stream()
			.sorted()
			.collect(Collectors.joining("&"));
		String method = this.json.chance(90) ? "GET" : this.json.one(List.of("HEAD", "DELETE"));
		return request(method, path + (query.isEmpty() ? "" : "?" + query));
	}

	private ObjectNode permissions() {
		String bucket = "bucket_id=" + this.json.one(List.of(B1, B1, B2));
		return request(this.json.chance(90) ? "GET" : "HEAD", "/permissions?" + bucket
				+ this.json.one(List.of("", "", "&resource_name=record", "&exclude_resource_name=record", "&_sort=uri",
						"&_sort=resource_name,-uri", "&_limit=2", "&_limit=3", "&collection_id=c1", "&_fields=uri",
						"&like_uri=collections", "&has_record_id=true", "&uri=/buckets/" + B1)));
	}

	private ObjectNode batch() {
		ObjectNode batch = request("POST", "/batch");
		ObjectNode body = withBody(batch, JSON);
		ArrayNode members = body.putArray("requests");
		for (int i = 1 + this.json.number(5); i > 0; i--) {
			ObjectNode request = switch (this.json.number(8)) {
				case 0 -> query("GET");
				case 1 -> query("DELETE");
				case 2 -> read();
				default -> write();
			};
			if (!request.path("headers").path("Content-Type").asString("").equals(JSON_PATCH)) {
				members.add(member(request));
			}
		}
		if (this.json.chance(8)) {
			body.putObject("defaults").putObject("body").putObject("data").put("d", 1);
		}
		return batch;
	}

	private static ObjectNode member(ObjectNode request) {
		return request.deepCopy().without("user");
	}

	private ObjectNode http() {
		String resource = resource();
		String list = list(resource);
		String object = list + "/" + id(resource);
		ObjectNode request = switch (this.json.number(9)) {
			case 0 -> request("OPTIONS", this.json.one(List.of(list, object, "/", "/batch")));
			case 1 -> request("GET", this.json.one(List.of(list, object)) + "/");
			case 2 -> request(this.json.one(List.of("POST", "DELETE", "PATCH", "PUT")),
					this.json.one(List.of(object, list, "/")));
			case 3 -> request("GET", this.json
				.one(List.of("/nothing", "/buckets/" + B1 + "/nothing", "//v2/", "//", "/__lbheartbeat__")));
			case 4 -> request("GET", list + "?_limit=" + this.json.one(List.of("x", "-1", "1.5", "")));
			case 5 -> request("GET", list + "?_since=" + this.json.one(List.of("x", "-1", "%220%22", "")));
			case 6 -> request("GET", list + "/" + this.json.one(List.of("_x", "a.b", "%20", "a b".replace(" ", "+"))));
			case 7 -> accept(request("GET", object));
			default -> request("HEAD", this.json.one(List.of(list, object)) + "/");
		};
		if (this.json.chance(50)) {
			ObjectNode headers = request.withObject("headers").put("Origin", "http://localhost:3000");
			if (request.path("method").asString().equals("OPTIONS")) {
				headers.put("Access-Control-Request-Method", this.json.one(List.of("GET", "PUT", "DELETE", "FLY")));
			}
		}
		return request;
	}

	private ObjectNode accept(ObjectNode request) {
		request.withObject("headers")
			.put("Accept", this.json.one(List.of("text/html", "*/*", "application/*", "application/json;q=0.5")));
		return request;
	}

	private ObjectNode account() {
		String name = this.json.one(List.of(CAROL, CAROL, CAROL, DAVE));
		String path = "/accounts/" + name;
		ObjectNode request = switch (this.json.number(9)) {
			case 0, 1, 2 -> withPassword(request("PUT", path));
			case 3 -> withPassword(request("POST", "/accounts"));
			case 4 -> withPassword(request("PATCH", path));
			case 5 -> request("DELETE", path);
			case 6 -> request(this.json.one(List.of("GET", "HEAD", "DELETE")), "/accounts" + accountQuery());
			default -> request("GET", path);
		};
		if (request.path("method").asString().equals("POST")) {
			request.withObject("body").withObject("data").put("id", name);
		}
		if (request.path("body").isObject() && this.json.chance(15)) {
			request.withObject("body").set("permissions", this.json.permissions("accounts"));
		}
		return conditional(
				request.put("user", this.json.one(Arrays.asList("carol", "carol", "carol", "dave", "alice", null))));
	}

	private ObjectNode withPassword(ObjectNode request) {
		ObjectNode body = withBody(request, JSON);
		String method = request.path("method").asString();
		if (method.equals("PATCH") && this.json.chance(25)) {
			request.withObject("headers").put("Content-Type", JSON_PATCH);
			request.set("body", this.json.patch());
			return request;
		}
		ObjectNode data = body.set("data", this.json.data()).withObject("data");
		if (this.json.chance(method.equals("PATCH") ? 30 : 92)) {
			data.set("password", this.json.chance(90) ? StringNode.valueOf("secret") : this.json.value("a"));
		}
		return request;
	}

	private String accountQuery() {
		String own = "?in_id=" + CAROL + "," + DAVE;
		return own + this.json.one(List.of("", "&_limit=1", "&_fields=id", "&id=" + CAROL, "&a=1", "&_sort=id",
				"&has_a=true", "&_since=1000", "&password=secret", "&like_id=carol", "&_sort=-a,id&_limit=1"));
	}

	private ObjectNode accountBatch() {
		ObjectNode batch = request("POST", "/batch");
		ArrayNode members = withBody(batch, JSON).putArray("requests");
		for (int i = 1 + this.json.number(4); i > 0; i--) {
			ObjectNode member = account();
			if (!member.path("headers").path("Content-Type").asString("").equals(JSON_PATCH)) {
				members.add(member(member));
			}
		}
		return batch.put("user", this.json.one(Arrays.asList("carol", "carol", "alice", null)));
	}

	private ObjectNode attachment() {
		String list = list("records");
		String record = list + "/" + id("records");
		String path = record + "/" + RandomUpload.FIELD;
		return switch (this.json.number(10)) {
			case 0, 1, 2, 3 -> conditional(this.uploads.upload(request("POST", path)));
			case 4 -> conditional(request("DELETE", path));
			case 5, 6 -> {
				ObjectNode request = request("PATCH", record);
				request.withObject("headers").put("Content-Type", JSON_PATCH);
				yield request.set("body", this.uploads.patch());
			}
			case 7 -> {
				ObjectNode request = request(this.json.one(List.of("PUT", "PATCH")), record);
				withBody(request, JSON).set("data", this.uploads.data());
				yield conditional(request);
			}
			default -> conditional(request("GET", list + this.uploads.query()));
		};
	}

	/**
	 * Add a precondition to some requests.
	 */
	private ObjectNode conditional(ObjectNode request) {
		if (!this.json.chance((this.theme == Theme.VERSIONS) ? 60 : 8)) {
			return request;
		}
		String path = request.path("path").asString().replaceFirst("[?].*", "");
		List<String> own = this.steps.stream()
			.filter((step) -> step.request().path("path").asString().replaceFirst("[?].*", "").equals(path))
			.map((step) -> etag(step))
			.toList();
		List<String> versions = own.isEmpty() ? versions(path) : own;
		String version = switch (this.json.number(6)) {
			case 0, 1 -> "*";
			case 2 -> "\"1000\"";
			default -> "\"%s\"".formatted(versions.get(versions.size() - 1));
		};
		request.withObject("headers").put(this.json.one(List.of("If-Match", "If-None-Match")), version);
		return request;
	}

	/**
	 * Return texts of versions of the list that a path belongs to.
	 */
	private List<String> versions(String path) {
		String list = Templates.list(path);
		List<String> versions = new ArrayList<>(List.of("0", "1500"));
		this.steps.stream()
			.filter((step) -> Templates.list(step.request().path("path").asString()).equals(list))
			.forEach((step) -> versions.add(etag(step)));
		return versions;
	}

	private static String etag(Step step) {
		return "{{etag:%d}}".formatted(step.number());
	}

	private ObjectNode request(String method, String path) {
		return JsonMapper.shared()
			.createObjectNode()
			.put("method", method)
			.put("path", path)
			.put("user", this.steps.isEmpty() ? "alice" : user());
	}

	private static ObjectNode withBody(ObjectNode request, String type) {
		request.withObject("headers").put("Content-Type", type);
		return request.putObject("body");
	}

	private @Nullable String user() {
		int percent = this.json.number(100);
		if (this.theme == Theme.DEFAULT_BUCKET || this.steps.size() < 2) {
			return "alice";
		}
		if (percent < ((this.theme == Theme.PERMISSIONS) ? 50 : 85)) {
			return "alice";
		}
		return (percent < 93) ? "bob" : null;
	}

	private int permissionsPercent() {
		return (this.theme == Theme.PERMISSIONS) ? 55 : 15;
	}

	private String resource() {
		return this.json.one(List.of("records", "records", "records", "records", "records", "records", "collections",
				"groups", (this.theme == Theme.DEFAULT_BUCKET) ? "records" : "buckets"));
	}

	private String bucketPath() {
		return (this.theme == Theme.DEFAULT_BUCKET) ? "/buckets/default" : bucket(this.json.chance(95) ? B1 : B2);
	}

	private static String bucket(String id) {
		return "/buckets/" + id;
	}

	private String collection(String id) {
		return bucketPath() + "/collections/" + id;
	}

	private String list(String resource) {
		return switch (resource) {
			case "buckets" -> "/buckets";
			case "records" -> collection(this.json.chance(88) ? "c1" : "c2") + "/records";
			default -> bucketPath() + "/" + resource;
		};
	}

	private String id(String resource) {
		if (resource.equals("records") && this.generatesIds && this.json.chance(30)) {
			List<Integer> creations = this.steps.stream()
				.filter((step) -> step.request().path("path").asString().endsWith("/records")
						&& step.request().path("method").asString().equals("POST")
						&& !step.request().toString().contains("\"id\""))
				.map(Step::number)
				.toList();
			if (!creations.isEmpty()) {
				return "{{new-id:%d}}".formatted(this.json.one(creations));
			}
		}
		return this.json.one(ids(resource));
	}

	private static List<String> ids(String resource) {
		return switch (resource) {
			case "buckets" -> List.of(B1, B1, B2);
			case "collections" -> List.of("c1", "c1", "c2");
			case "groups" -> List.of("g1", "g1", "g2");
			default -> List.of("r1", "r2", "r3", "r4", "r5", "r6");
		};
	}

	private enum Kind {

		WRITE, READ, LIST, DELETE_LIST, BATCH, HISTORY, PERMISSIONS, HTTP, ACCOUNT, ATTACHMENT

	}

	private enum Theme {

		QUERIES(15, Kind.LIST, Kind.LIST, Kind.LIST, Kind.LIST, Kind.LIST, Kind.LIST, Kind.WRITE, Kind.DELETE_LIST),

		WRITES(8, Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.READ, Kind.READ, Kind.LIST),

		VERSIONS(6, Kind.WRITE, Kind.WRITE, Kind.READ, Kind.LIST, Kind.LIST, Kind.DELETE_LIST),

		PERMISSIONS(8, Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.READ, Kind.READ, Kind.LIST, Kind.LIST, Kind.PERMISSIONS,
				Kind.DELETE_LIST),

		SCHEMAS(5, Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.READ, Kind.LIST),

		HISTORY(5, Kind.WRITE, Kind.WRITE, Kind.HISTORY, Kind.HISTORY, Kind.DELETE_LIST),

		BATCHES(7, Kind.BATCH, Kind.BATCH, Kind.WRITE, Kind.READ, Kind.LIST, Kind.LIST),

		DEFAULT_BUCKET(5, Kind.WRITE, Kind.WRITE, Kind.READ, Kind.LIST, Kind.LIST, Kind.BATCH, Kind.HISTORY,
				Kind.DELETE_LIST),

		HTTP(3, Kind.HTTP, Kind.HTTP, Kind.READ, Kind.LIST, Kind.WRITE),

		ACCOUNTS(2, Kind.ACCOUNT, Kind.ACCOUNT, Kind.ACCOUNT, Kind.ACCOUNT, Kind.WRITE, Kind.READ),

		ATTACHMENTS(3, Kind.ATTACHMENT, Kind.ATTACHMENT, Kind.ATTACHMENT, Kind.ATTACHMENT, Kind.WRITE, Kind.READ,
				Kind.LIST, Kind.HISTORY, Kind.DELETE_LIST);

		private final int weight;

		private final List<Kind> kinds;

		Theme(int weight, Kind... kinds) {
			this.weight = weight;
			this.kinds = List.of(kinds);
		}

	}

}
