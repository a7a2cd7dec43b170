package io.kintospring.client;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

import io.kintospring.KintoTransportException;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Lets the bytes of a file through, and fails at their end if they are not what they
 * should be.
 */
final class HashCheck {

	private final MessageDigest digest;

	private final String expected;

	private final Object what;

	HashCheck(String expected, Object what) {
		this.digest = sha256();
		this.expected = expected;
		this.what = what;
	}

	Flux<DataBuffer> check(Flux<DataBuffer> file) {
		return file.doOnNext(this::update).concatWith(Flux.defer(this::verify));
	}

	private void update(DataBuffer buffer) {
		try (DataBuffer.ByteBufferIterator buffers = buffer.readableByteBuffers()) {
			for (Iterator<ByteBuffer> i = buffers; i.hasNext();) {
				this.digest.update(i.next());
			}
		}
	}

	private Flux<DataBuffer> verify() {
		String actual = HexFormat.of().formatHex(this.digest.digest());
		return actual.equalsIgnoreCase(this.expected) ? Flux.empty()
				: Flux.error(new KintoTransportException(this.what + ": what came is not the file that was uploaded:"
						+ " its SHA-256 is " + actual + " and should be " + this.expected, null));
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
