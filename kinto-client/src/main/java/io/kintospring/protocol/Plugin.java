package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoServerInfo;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.protocol.KintoSequence.Part;

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

	static final String HISTORY = "history";

	static final String PERMISSIONS_ENDPOINT = "permissions_endpoint";

	<R> KintoFlow<R> ask(KintoCall<R> call) {
		return present(call.request()).then((info) -> KintoFlow.ask(call));
	}

	<E> KintoSequence<E> ask(KintoSequence<E> sequence) {
		KintoCall<Part<E>> first = sequence.first();
		return (present(first.request()) instanceof KintoFlow.Ask<?> question)
				? new KintoSequence<>(question.call().map((info) -> new Part<>(List.of(), first, Duration.ZERO)))
				: sequence;
	}

	/**
	 * A plugin that was there is believed to be there still; one that was not may have
	 * been added.
	 */
	private KintoFlow<KintoServerInfo> present(KintoRequest request) {
		return this.memory.info(ServerInfoReader.call(request.operation(), headers(request)), this::isIn)
			.then((info) -> {
				if (!isIn(info)) {
					throw new KintoUnsupportedException(request + " was not sent: the server lacks the capability '"
							+ this.capability + "', which its configuration decides on", this.capability);
				}
				return KintoFlow.done(info);
			});
	}

	private boolean isIn(KintoServerInfo info) {
		return info.capabilities().containsKey(this.capability);
	}

	/**
	 * The question is asked with the headers of what follows, but for those that are of a
	 * body or a condition.
	 */
	private static HttpHeaders headers(KintoRequest request) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(request.headers());
		List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH).forEach(headers::remove);
		return headers;
	}

}
