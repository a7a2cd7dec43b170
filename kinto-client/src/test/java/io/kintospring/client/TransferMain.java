package io.kintospring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.stream.Stream;

import io.kintospring.KintoAttachment;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;

/**
 * Uploads and downloads a file with either template. {@link TransferMemoryTests} runs it
 * in a JVM with limited memory.
 */
final class TransferMain {

	private static final byte[] MEBIBYTE = new byte[1024 * 1024];

	private TransferMain() {
	}

	/**
	 * Print the number of downloaded bytes.
	 * @param args the URL of the server, the flavour, and the size of the file in MiB
	 * @throws IOException if the file cannot be read
	 */
	public static void main(String[] args) throws IOException {
		KintoClient client = KintoClient.builder(args[0]).build();
		CollectionOperations<?> records = Flavour.valueOf(args[1])
			.template(client, KintoCalls.defaults())
			.bucket("b")
			.collection("c");
		KintoAttachment attachment = records.attachments()
			.add("r", zeros(Integer.parseInt(args[2])), (u) -> u.filename("zeros.bin"));
		long size = 0;
		try (InputStream file = records.attachments().download(attachment)) {
			byte[] buffer = new byte[8192];
			for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
				size += count;
			}
		}
		System.out.println(size + " bytes of " + attachment.size() + " came back");
		System.exit(0);
	}

	private static Resource zeros(int mebibytes) {
		return new AbstractResource() {

			@Override
			public boolean exists() {
				return true;
			}

			@Override
			public long contentLength() {
				return (long) mebibytes * MEBIBYTE.length;
			}

			@Override
			public InputStream getInputStream() {
				return new SequenceInputStream(Collections
					.enumeration(Stream.generate(() -> new ByteArrayInputStream(MEBIBYTE)).limit(mebibytes).toList()));
			}

			@Override
			public String getDescription() {
				return "zeros";
			}

		};
	}

}
