package io.kintospring.client;

import java.io.InputStream;
import java.net.URI;

import io.kintospring.KintoException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.server.KintoServerInfo;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Downloads files from the base URL that the server announces. If the known base URL is
 * outdated and the file is not found, the server is asked again.
 */
final class DownloadRunner {

	private final RequestExecutor requests;

	private final KintoAuthentication authentication;

	private final ServerKnowledge knowledge;

	private final CallRunner calls;

	DownloadRunner(RequestExecutor requests, KintoAuthentication authentication, ServerKnowledge knowledge,
			CallRunner calls) {
		this.requests = requests;
		this.authentication = authentication;
		this.knowledge = knowledge;
		this.calls = calls;
	}

	Flux<DataBuffer> execute(KintoDownload download) {
		return Flux.defer(() -> {
			Credentials credentials = Credentials.renewed(this.authentication);
			return this.calls.execute(address(download), credentials)
				.flatMapMany((address) -> this.requests.download(download, address)
					.onErrorResume(KintoResponseException.class,
							(ex) -> this.calls.execute(otherAddress(download, address, ex), credentials)
								.flatMapMany((other) -> this.requests.download(download, other))));
		});
	}

	InputStream await(KintoDownload download) {
		Blocking.require(download);
		URI address = this.calls.await(address(download));
		try {
			return open(download, address);
		}
		catch (KintoResponseException ex) {
			return open(download, this.calls.await(otherAddress(download, address, ex)));
		}
	}

	private InputStream open(KintoDownload download, URI address) {
		return AwaitedBytes.open(download, this.requests.download(download, address).contextCapture());
	}

	private KintoFlow<URI> address(KintoDownload download) {
		KintoServerInfo known = this.knowledge.info();
		if (known != null) {
			try {
				return KintoFlow.done(download.address(known));
			}
			catch (IllegalArgumentException | KintoUnsupportedException ex) {
				// the known server information may be outdated
			}
		}
		return freshAddress(download);
	}

	private KintoFlow<URI> freshAddress(KintoDownload download) {
		return KintoFlow.ask(download.serverInfo()).then((info) -> KintoFlow.done(download.address(info)));
	}

	/**
	 * Return the current URL of the file, or fail with the original error if it is the
	 * same.
	 */
	private KintoFlow<URI> otherAddress(KintoDownload download, URI address, KintoException refused) {
		return freshAddress(download).then((fresh) -> {
			if (fresh.equals(address)) {
				throw refused;
			}
			return KintoFlow.done(fresh);
		});
	}

}
