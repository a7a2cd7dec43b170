package io.kintospring.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

import io.kintospring.client.FaultyOperation.Answer;

/**
 * Faults of the fault matrix.
 */
enum Fault {

	REFUSED("connection refused"),

	UNKNOWN_HOST("DNS failure"),

	EXPIRED_CERTIFICATE("expired certificate"),

	SLOW_TLS("TLS handshake stalls"),

	RESET_BEFORE("reset before the request") {
		@Override
		void greet(Socket connection) throws IOException {
			reset(connection);
		}
	},

	RESET_DURING("reset during the request") {
		@Override
		void greet(Socket connection) throws IOException {
			connection.getInputStream().read();
			reset(connection);
		}
	},

	RESET_AFTER("reset after the request") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reset(connection);
		}
	},

	LOST("reset after the request, which was applied") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reset(connection);
		}
	},

	REUSED("idle connection closed when it is reused") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			connection.close();
		}
	},

	RESET_RESPONSE("reset during the response") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "", answer.length(), cut(answer));
			reset(connection);
		}
	},

	RESET_AFTER_RESPONSE("reset after the response") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			super.respond(connection, answer);
			reset(connection);
		}
	},

	STALL("no response") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			connection.getInputStream().read();
		}
	},

	DRIP("one byte every 50 ms") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "", answer.length(), "");
			connection.setSoTimeout(50);
			for (char next : answer.body().toCharArray()) {
				RawServer.write(connection, String.valueOf(next));
				awaitClient(connection);
			}
		}

		private static void awaitClient(Socket connection) throws IOException {
			try {
				if (connection.getInputStream().read() < 0) {
					connection.close();
				}
			}
			catch (SocketTimeoutException ex) {
				// the client still receives the response
			}
		}
	},

	TRUNCATED("truncated body") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "", answer.length(), cut(answer));
			connection.close();
		}
	},

	GARBAGE("garbage instead of HTTP") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			RawServer.write(connection, "\u0001\u0002 SSH-2.0\r\n\r\n");
			connection.close();
		}
	},

	LENGTH("too short `Content-Length`") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "", answer.length() - 2, answer.body());
		}
	},

	LONG_LENGTH("too long `Content-Length`") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "", answer.length() + 2, answer.body());
			connection.getInputStream().read();
		}
	},

	CONTENT_TYPE("wrong content type") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "Content-Type: text/plain\r\n", answer.length(), answer.body());
		}
	},

	HTML("HTML page with status 200") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			html(connection, "200 OK");
		}
	},

	GZIP("undecodable gzip") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 200 OK", "Content-Encoding: gzip\r\n", answer.length(), answer.body());
		}
	},

	BAD_GATEWAY("HTML page with status 502") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			html(connection, "502 Bad Gateway");
		}
	},

	UNAVAILABLE("HTML page with status 503") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			html(connection, "503 Service Unavailable");
		}
	},

	SERVER_ERROR("500 of Kinto") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "500 Internal Server Error", "", 999);
		}
	},

	RETRY_AFTER("503 with `Retry-After`") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "503 Service Unavailable", "Retry-After: 0\r\n", 201);
		}
	},

	LONG_RETRY_AFTER("503 with a long `Retry-After`") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "503 Service Unavailable", "Retry-After: 3600\r\n", 201);
		}
	},

	TOO_MANY("429 with `Retry-After`") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "429 Too Many Requests", "Retry-After: 0\r\n", 117);
		}
	},

	CONCURRENT("409 with `Retry-After` (errno 122)") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "409 Conflict", "Retry-After: 0\r\n", 122);
		}
	},

	REDIRECT_LOOP("redirect to itself") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "307 Temporary Redirect", "Location: \r\n", 0);
		}
	},

	REDIRECT("redirect to another origin") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			reject(connection, "307 Temporary Redirect", "Location: http://127.0.0.1:1/v1/\r\n", 0);
		}
	},

	HTTP_1_0("HTTP/1.0") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.0 200 OK", "", answer.length(), answer.body());
			connection.close();
		}
	},

	INTERIM("interim response (103)") {
		@Override
		void respond(Socket connection, Answer answer) throws IOException {
			write(connection, "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK", "", answer.length(), answer.body());
		}
	};

	private final String title;

	Fault(String title) {
		this.title = title;
	}

	static Fault of(String title) {
		for (Fault fault : values()) {
			if (fault.title.equals(title)) {
				return fault;
			}
		}
		throw new IllegalArgumentException("There is no fault '" + title + "'");
	}

	/**
	 * Receive a connection before its first request.
	 */
	void greet(Socket connection) throws IOException {
	}

	/**
	 * Respond to a request.
	 * @param answer what Kinto would respond
	 */
	void respond(Socket connection, Answer answer) throws IOException {
		write(connection, "HTTP/1.1 " + answer.status(), "", answer.length(), answer.body());
	}

	/**
	 * Return whether the fault affects requests, and not connections.
	 */
	boolean isOfRequests() {
		return compareTo(RESET_DURING) > 0;
	}

	/**
	 * Return whether no connection can be used for requests.
	 */
	boolean preventsConnections() {
		return compareTo(SLOW_TLS) <= 0;
	}

	/**
	 * Return whether only a timeout ends an attempt.
	 */
	boolean waits() {
		return this == SLOW_TLS || this == STALL || this == DRIP || this == LONG_LENGTH;
	}

	private static void html(Socket connection, String status) throws IOException {
		String page = "<html><h1>nginx</h1></html>";
		write(connection, "HTTP/1.1 " + status, "Content-Type: text/html\r\n", page.length(), page);
	}

	private static void reject(Socket connection, String status, String header, int errno) throws IOException {
		String body = "{\"code\":" + status.substring(0, 3) + ",\"errno\":" + errno + "}";
		write(connection, "HTTP/1.1 " + status, "Content-Type: application/json\r\n" + header, body.length(), body);
	}

	private static void write(Socket connection, String status, String headers, int length, String body)
			throws IOException {
		RawServer.write(connection, status, headers + "ETag: \"5\"", "Content-Length: " + length, "", body);
	}

	private static String cut(Answer answer) {
		return answer.body().substring(0, answer.body().length() / 2);
	}

	private static void reset(Socket connection) throws IOException {
		connection.setSoLinger(true, 0);
		connection.close();
	}

	@Override
	public String toString() {
		return this.title;
	}

}
