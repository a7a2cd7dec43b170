package io.kintospring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Decompresses bodies. The HTTP library does not do this, for two reasons: a connection
 * must stay usable after a body that cannot be decompressed, and a file must be
 * downloaded as it was uploaded.
 */
final class Decompression {

	/** Value of the {@code Accept-Encoding} header. */
	static final String ACCEPTED = "gzip";

	private static final int BUFFER = 8 * 1024;

	private Decompression() {
	}

	/**
	 * Return a response with a decompressed body. It has no headers about the compressed
	 * body, because a filter may build another response from it.
	 * @param status the status of the response
	 * @param headers the headers of the response
	 * @param body the received body
	 * @param limit the maximum size of the decompressed body
	 * @throws IOException if the body cannot be decompressed
	 * @throws BodyCollector.TooLargeException if the decompressed body is too large
	 */
	static KintoResponse decompress(int status, HttpHeaders headers, List<byte[]> body, int limit) throws IOException {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding == null || body.isEmpty()) {
			return new KintoResponse(status, headers, body);
		}
		try {
			InputStream decompressed = stream(encoding.trim().toLowerCase(Locale.ROOT), body);
			return (decompressed != null)
					? new KintoResponse(status, withoutCompression(headers), read(decompressed, limit))
					: new KintoResponse(status, headers, body);
		}
		catch (IOException ex) {
			throw new IOException("the body cannot be decompressed: "
					+ ((ex.getMessage() != null) ? ex.getMessage() : "it is incomplete"), ex);
		}
	}

	private static HttpHeaders withoutCompression(HttpHeaders headers) {
		HttpHeaders decompressed = HttpHeaders.copyOf(headers);
		decompressed.remove(HttpHeaders.CONTENT_ENCODING);
		decompressed.remove(HttpHeaders.CONTENT_LENGTH);
		return decompressed;
	}

	private static @Nullable InputStream stream(String encoding, List<byte[]> body) throws IOException {
		InputStream compressed = new SequenceInputStream(
				Collections.enumeration(body.stream().map(ByteArrayInputStream::new).toList()));
		return switch (encoding) {
			case "", "identity" -> null;
			case "gzip", "x-gzip" -> new GZIPInputStream(compressed, BUFFER);
			case "deflate" -> new InflaterInputStream(compressed);
			default -> throw new IOException("its Content-Encoding was not requested");
		};
	}

	private static List<byte[]> read(InputStream decompressed, int limit) throws IOException {
		try (decompressed) {
			BodyCollector collector = new BodyCollector(-1, limit);
			byte[] buffer = new byte[BUFFER];
			for (int count = decompressed.read(buffer); count >= 0; count = decompressed.read(buffer)) {
				collector.add(count, ByteBuffer.wrap(buffer)::get);
			}
			return collector.pieces();
		}
	}

}
