package io.kintospring.embedded.differential;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Source of random requests that change the attachment of a record.
 */
final class RandomUpload {

	static final String FIELD = "attachment";

	private static final String TYPE = "multipart/form-data; boundary=x";

	private static final List<String> FILENAMES = List.of("a.txt", "a.txt", "b.json", "B.PDF", "é.png", "a b.csv",
			"c.exe", "c", ".txt", "d.pem", "e.tar.txt");

	private static final List<String> TYPES = List.of("text/plain", "application/json", "image/png", "");

	private static final List<String> VALUES = List.of("null", "1", "{}", "{\"filename\":\"a.txt\"}",
			"{\"filename\":\"a.txt\",\"size\":1}", "\"a\"");

	private static final List<String> PATCHES = List.of("[{'op':'remove','path':'/data/attachment'}]",
			"[{'op':'remove','path':'/data/attachment/hash'}]", "[{'op':'add','path':'/data/attachment/a','value':1}]",
			"[{'op':'replace','path':'/data/attachment/filename','value':'a.txt'}]",
			"[{'op':'replace','path':'/data/attachment/size','value':1}]",
			"[{'op':'replace','path':'/data/attachment/size','value':1.0}]",
			"[{'op':'replace','path':'/data/attachment','value':null}]",
			"[{'op':'copy','from':'/data/attachment','path':'/data/a'}]",
			"[{'op':'copy','from':'/data/a','path':'/data/attachment'}]",
			"[{'op':'move','from':'/data/attachment','path':'/data/a'}]",
			"[{'op':'move','from':'/data/a','path':'/data/attachment'}]",
			"[{'op':'test','path':'/data/attachment/filename','value':'a.txt'}]");

	private static final List<String> QUERIES = List.of("", "?attachment.filename=a.txt",
			"?like_attachment.filename=*.TXT", "?attachment.size=1", "?min_attachment.size=1",
			"?in_attachment.size=1,2", "?has_attachment=true", "?has_attachment=false", "?attachment=null",
			"?not_attachment=null", "?has_attachment.size=true", "?exclude_attachment.mimetype=text/plain",
			"?_sort=attachment.size,id", "?_sort=-attachment.filename,id", "?_sort=attachment.size&_limit=1",
			"?_fields=attachment.size", "?_fields=attachment", "?_fields=attachment.missing",
			"?lt_attachment.hash=%225%22", "?attachment.hash=%22%22");

	private final RandomJson json;

	RandomUpload(RandomJson json) {
		this.json = json;
	}

	/**
	 * Make a request upload a file.
	 * @param request the request with the path of the attachment
	 * @return the request
	 */
	ObjectNode upload(ObjectNode request) {
		StringBuilder form = new StringBuilder();
		if (this.json.chance(95)) {
			String filename = this.json.chance(97) ? "; filename=\"%s\"".formatted(this.json.one(FILENAMES)) : "";
			String type = this.json.one(TYPES);
			part(form, FIELD + "\"" + filename, type.isEmpty() ? "" : "Content-Type: %s\r\n".formatted(type),
					this.json.one(List.of("", "a", "ab", "abc", "é\r\n")));
		}
		if (this.json.chance(30)) {
			part(form, "data\"", "", this.json.data().toString());
		}
		if (this.json.chance(10)) {
			part(form, "permissions\"", "", this.json.one(List.of("{}", "{\"read\":[\"system.Everyone\"]}")));
		}
		if (this.json.chance(4)) {
			part(form, "extra\"", "", "1");
		}
		request.withObject("headers").put("Content-Type", this.json.chance(97) ? TYPE : "text/plain");
		return request.put("text", form.append("--x--\r\n").toString());
	}

	private static void part(StringBuilder form, String name, String headers, String content) {
		form.append(
				"--x\r\nContent-Disposition: form-data; name=\"%s\r\n%s\r\n%s\r\n".formatted(name, headers, content));
	}

	/**
	 * Return data that describes an attachment.
	 */
	ObjectNode data() {
		return this.json.data().set(FIELD, JsonMapper.shared().readTree(this.json.one(VALUES)));
	}

	/**
	 * Return a JSON patch of an attachment.
	 */
	JsonNode patch() {
		return JsonMapper.shared().readTree(this.json.one(PATCHES).replace('\'', '"'));
	}

	/**
	 * Return a query of records by their attachments, or an empty text.
	 */
	String query() {
		return this.json.one(QUERIES);
	}

}
