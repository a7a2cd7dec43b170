package io.kintospring.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;

/**
 * Factory for responses in Kinto's format. Bodies are prepared, and only headers are
 * created for each request.
 */
final class StubAnswers {

	private static final String ROOT = "/v1/";

	private static final String BATCH = "/v1/batch";

	private static final String LIST = "/v1/buckets/blog/collections/articles/records";

	private static final int BATCH_MAX_REQUESTS = 25;

	private static final byte[] PATH = "\"path\"".getBytes(StandardCharsets.US_ASCII);

	private static final String DATE = DateTimeFormatter.RFC_1123_DATE_TIME
		.format(Instant.ofEpochMilli(StubRecords.TIMESTAMP).atOffset(ZoneOffset.UTC));

	private static final String SERVER_HEADERS = "Server: stub\r\nDate: " + DATE
			+ "\r\nX-Content-Type-Options: nosniff\r\n"
			+ "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none';\r\n";

	private static final String JSON_HEADER = "Content-Type: application/json\r\n";

	private static final String OBJECT_START = "{\"permissions\":{\"read\":[\"system.Everyone\"],\"write\":[\"account:blog\"]},\"data\":";

	private static final ByteBuf OBJECT_HEAD = prepared(OBJECT_START);

	private static final ByteBuf OBJECT_TAIL = prepared("}");

	private static final ByteBuf LIST_HEAD = prepared("{\"data\":[");

	private static final ByteBuf LIST_TAIL = prepared("]}");

	private static final ByteBuf COMMA = prepared(",");

	private static final ByteBuf BATCH_HEAD = prepared("{\"responses\":[");

	private static final ByteBuf INFO = prepared("""
			{"project_name":"kinto","project_version":"26.2.1","http_api_version":"1.23",\
			"project_docs":"https://kinto.readthedocs.io/","url":"http://127.0.0.1/v1/",\
			"settings":{"batch_max_requests":%d,"readonly":false,"explicit_permissions":true},\
			"capabilities":{"permissions_endpoint":{"description":"The permissions endpoint can be used.",\
			"url":"https://kinto.readthedocs.io/"}}}""".formatted(BATCH_MAX_REQUESTS));

	private final StubRecords records;

	private final ByteBuf batchAnswers;

	private final int batchAnswerLength;

	StubAnswers(StubRecords records) {
		this.records = records;
		String answer = """
				{"status":201,"path":"%s","headers":{"Content-Type":"application/json","Content-Length":"400",\
				"ETag":"\\"%d\\"","Last-Modified":"%s","X-Content-Type-Options":"nosniff"},"body":%s%s}},""".formatted(
				LIST, records.timestamp(0), DATE, OBJECT_START, records.slice(0, 1).toString(StandardCharsets.UTF_8));
		this.batchAnswers = prepared(answer.repeat(BATCH_MAX_REQUESTS));
		this.batchAnswerLength = answer.length();
	}

	private static ByteBuf prepared(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
	}

	/**
	 * Create the response to a request.
	 * @return the bytes of the response, starting with the headers
	 */
	ByteBuf[] answer(FullHttpRequest request) {
		String uri = request.uri();
		int query = uri.indexOf('?');
		String path = (query < 0) ? uri : uri.substring(0, query);
		if (path.equals(ROOT)) {
			return answer("200 OK", JSON_HEADER, INFO.duplicate());
		}
		if (path.equals(BATCH)) {
			return batch(request.content());
		}
		if (path.equals(LIST)) {
			return request.method().equals(HttpMethod.POST) ? object("201 Created", 0) : list(request);
		}
		if (path.startsWith(LIST + "/")) {
			return object(request, path.substring(LIST.length() + 1));
		}
		return error("404 Not Found", 111, "The resource you are looking for could not be found.");
	}

	private ByteBuf[] object(FullHttpRequest request, String id) {
		int index = this.records.atLeast(id);
		boolean found = this.records.has(index, id);
		if (request.method().equals(HttpMethod.PUT)) {
			return found ? object("200 OK", index) : object("201 Created", 0);
		}
		if (!found) {
			return error("404 Not Found", 110, "There is no such record.");
		}
		long timestamp = this.records.timestamp(index);
		return isKnown(request, timestamp) ? notModified(timestamp) : object("200 OK", index);
	}

	private ByteBuf[] object(String status, int index) {
		return answer(status, JSON_HEADER + version(this.records.timestamp(index)), OBJECT_HEAD.duplicate(),
				this.records.slice(index, index + 1), OBJECT_TAIL.duplicate());
	}

	private ByteBuf[] list(FullHttpRequest request) {
		if (isKnown(request, StubRecords.TIMESTAMP)) {
			return notModified(StubRecords.TIMESTAMP);
		}
		String expected = request.headers().get(HttpHeaderNames.IF_MATCH);
		if (expected != null && !expected.equals("\"" + StubRecords.TIMESTAMP + "\"")) {
			return error("412 Precondition Failed", 114, "Resource was modified meanwhile");
		}
		String uri = request.uri();
		StubQuery query;
		try {
			query = StubQuery.read(uri, this.records);
		}
		catch (IllegalArgumentException ex) {
			return error("400 Bad Request", 107, String.valueOf(ex.getMessage()));
		}
		String headers = JSON_HEADER + version(StubRecords.TIMESTAMP);
		if (request.method().equals(HttpMethod.HEAD)) {
			return answer("200 OK",
					headers + "Total-Objects: " + query.total() + "\r\nTotal-Records: " + query.total() + "\r\n");
		}
		if (query.hasNext()) {
			headers += "Next-Page: http://" + request.headers().get(HttpHeaderNames.HOST) + next(uri, query) + "\r\n";
		}
		return answer("200 OK", headers, page(query));
	}

	private String next(String uri, StubQuery query) {
		String first = uri.replaceFirst("[?&]_token=[^&]*", "");
		return first + (first.contains("?") ? "&" : "?") + "_token=" + this.records.id(query.last());
	}

	private ByteBuf[] page(StubQuery query) {
		List<StubQuery.Range> ranges = query.page();
		if (query.descending()) {
			Collections.reverse(ranges);
		}
		List<ByteBuf> page = new ArrayList<>();
		page.add(LIST_HEAD.duplicate());
		for (StubQuery.Range range : ranges) {
			if (page.size() > 1) {
				page.add(COMMA.duplicate());
			}
			page.add(query.descending() ? this.records.reversed(range.from(), range.to())
					: this.records.slice(range.from(), range.to()));
		}
		page.add(LIST_TAIL.duplicate());
		return page.toArray(new ByteBuf[0]);
	}

	/**
	 * Return the response to a batch, which must consist of requests to create a record.
	 */
	private ByteBuf[] batch(ByteBuf body) {
		int calls = 0;
		for (int at = body.readerIndex(); at >= 0; at = next(body, at)) {
			calls++;
		}
		calls--;
		if (calls > BATCH_MAX_REQUESTS) {
			return error("400 Bad Request", 107, "Number of requests is limited to " + BATCH_MAX_REQUESTS);
		}
		return answer("200 OK", JSON_HEADER, BATCH_HEAD.duplicate(),
				this.batchAnswers.slice(0, Math.max(0, calls * this.batchAnswerLength - 1)), LIST_TAIL.duplicate());
	}

	/**
	 * Return the index after the next path, or -1 if there is none.
	 */
	private static int next(ByteBuf body, int from) {
		int end = body.writerIndex() - PATH.length;
		for (int i = body.indexOf(from, end + 1, PATH[0]); i >= 0; i = body.indexOf(i + 1, end + 1, PATH[0])) {
			int matched = 1;
			while (matched < PATH.length && body.getByte(i + matched) == PATH[matched]) {
				matched++;
			}
			if (matched == PATH.length) {
				return i + PATH.length;
			}
		}
		return -1;
	}

	private static boolean isKnown(FullHttpRequest request, long timestamp) {
		String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
		return known != null && known.equals("\"" + timestamp + "\"");
	}

	private static String version(long timestamp) {
		return "Cache-Control: no-cache, no-store, must-revalidate\r\nLast-Modified: " + DATE + "\r\nETag: \""
				+ timestamp + "\"\r\n";
	}

	private static ByteBuf[] notModified(long timestamp) {
		return new ByteBuf[] { head("304 Not Modified", version(timestamp)) };
	}

	private static ByteBuf[] error(String status, int errno, String message) {
		String body = "{\"code\":%s,\"errno\":%d,\"error\":\"%s\",\"message\":\"%s\"}".formatted(status.substring(0, 3),
				errno, status.substring(4), message);
		return answer(status, JSON_HEADER, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
	}

	private static ByteBuf[] answer(String status, String headers, ByteBuf... body) {
		int length = 0;
		for (ByteBuf part : body) {
			length += part.readableBytes();
		}
		ByteBuf[] answer = new ByteBuf[body.length + 1];
		answer[0] = head(status, headers + "Content-Length: " + length + "\r\n");
		System.arraycopy(body, 0, answer, 1, body.length);
		return answer;
	}

	private static ByteBuf head(String status, String headers) {
		return Unpooled.copiedBuffer("HTTP/1.1 " + status + "\r\n" + SERVER_HEADERS + headers + "\r\n",
				StandardCharsets.US_ASCII);
	}

}
