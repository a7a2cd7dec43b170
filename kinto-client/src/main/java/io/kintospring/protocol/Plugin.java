package io.kintospring.protocol;

import java.util.List;

import io.kintospring.KintoServerInfo;
import io.kintospring.KintoUnsupportedException;

import org.springframework.http.HttpHeaders;

/**
 * What not every server has: it is asked for only after the server has said that it is
 * there.
 *
 * @param capability the name that the server tells of it by
 * @param memory what is remembered of the server
 */
record Plugin(String capability, ServerMemory memory) {

	static final String ACCOUNTS = "accounts";

	static final String ATTACHMENTS = "attachments";

	static final String HISTORY = "history";

	static final String PERMISSIONS_ENDPOINT = "permissions_endpoint";

	private static final List<String> OF_THE_CALL = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_NONE_MATCH);

	/**
	 * Find out whether it is there. If it was, it is believed to be there still; if it
	 * was not, it may have been added. The server is asked with the headers of the
	 * request that is to follow, but for those that are of a body or a condition.
	 */
	KintoFlow<KintoServerInfo> present(KintoRequest request) {
		return present(request.operation(), request.headers(), request.toString());
	}

	KintoFlow<KintoServerInfo> present(String operation, HttpHeaders headers, String asked) {
		HttpHeaders own = new HttpHeaders();
		own.putAll(headers);
		OF_THE_CALL.forEach(own::remove);
		return this.memory.info(ServerInfoReader.call(operation, own), this::isIn).then((info) -> {
			if (!isIn(info)) {
				throw new KintoUnsupportedException(asked + " was not sent: the server lacks the capability '"
						+ this.capability + "', which its configuration decides on", this.capability);
			}
			return KintoFlow.done(info);
		});
	}

	private boolean isIn(KintoServerInfo info) {
		return info.capabilities().containsKey(this.capability);
	}

}
