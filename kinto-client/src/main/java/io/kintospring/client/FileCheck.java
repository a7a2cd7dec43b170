package io.kintospring.client;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoDownload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Verifies a download while it passes the bytes on. It fails if the file is too long, or
 * at its end if the hash differs.
 */
final class FileCheck {

	private final KintoDownload download;

	private final MessageDigest digest = sha256();

	private long size;

	FileCheck(KintoDownload download) {
		this.download = download;
	}

	Flux<DataBuffer> check(Flux<DataBuffer> file) {
		return file.handle(this::update).concatWith(Flux.defer(this::verify));
	}

	private void update(DataBuffer part, SynchronousSink<DataBuffer> sink) {
		this.size += part.readableByteCount();
		if (this.size > this.download.size()) {
			DataBufferUtils.release(part);
			sink.error(new KintoTransportException(this.download + ": the response has more bytes than the "
					+ this.download.size() + " of the uploaded file; the rest was not read", null));
			return;
		}
		try (DataBuffer.ByteBufferIterator buffers = part.readableByteBuffers()) {
			for (Iterator<ByteBuffer> i = buffers; i.hasNext();) {
				this.digest.update(i.next());
			}
		}
		sink.next(part);
	}

	private Flux<DataBuffer> verify() {
		String actual = HexFormat.of().formatHex(this.digest.digest());
		return actual.equalsIgnoreCase(this.download.sha256()) ? Flux.empty()
				: Flux.error(new KintoTransportException(
						this.download + ": the file differs from the uploaded file: its SHA-256 is " + actual
								+ ", but must be " + this.download.sha256(),
						null));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
