package io.kintospring.client;

import java.util.function.Consumer;

import io.kintospring.protocol.KintoResponse;

import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Listener in the attributes of a request that gets the status and the headers of the
 * response before its body arrives.
 */
final class HeadListener {

	static final String ATTRIBUTE = HeadListener.class.getName();

	private HeadListener() {
	}

	@SuppressWarnings("unchecked")
	static Consumer<KintoResponse> of(ClientRequest request) {
		Object listener = request.attributes().get(ATTRIBUTE);
		return (listener != null) ? (Consumer<KintoResponse>) listener : RequestExecutor.IGNORE_HEAD;
	}

}
