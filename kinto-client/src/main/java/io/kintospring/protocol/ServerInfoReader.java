package io.kintospring.protocol;

import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoServerInfo;

import org.springframework.http.HttpMethod;

/**
 * Reads the information that a server sends about itself.
 */
final class ServerInfoReader {

	static final String ROOT = "/";

	private ServerInfoReader() {
	}

	static boolean isServerInfo(KintoRequest request) {
		return request.method() == HttpMethod.GET && request.path().equals(ROOT);
	}

	static KintoServerInfo read(byte[] body) {
		return KintoJson.read(body, KintoServerInfo.class);
	}

}
