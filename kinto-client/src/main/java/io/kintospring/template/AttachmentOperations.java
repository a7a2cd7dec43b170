package io.kintospring.template;

import java.io.InputStream;
import java.util.Optional;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.KintoUploadOptions;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.AttachmentCalls;

import org.springframework.core.io.Resource;

/**
 * Operations on the files that are attached to the records of a collection. A record has
 * at most one attachment. Handles are immutable and thread-safe. All methods except
 * {@code find} throw a {@link KintoUnsupportedException} if the server does not have the
 * capability {@code attachments}.
 *
 * @param <T> the type of the records' data
 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
 */
public interface AttachmentOperations<T> {

	/**
	 * Attach a file to a record, replacing an existing attachment. A record that does not
	 * exist is created.
	 * <p>
	 * The file is read while it is sent. The transfer timeout
	 * ({@code kinto.transfer-timeout}) limits how long it may make no progress; the total
	 * time is not limited. Kinto does not compare versions here, so {@code safe} has no
	 * effect. The server accepts only the file extensions that it is configured for.
	 * @param id the id of the record
	 * @param file the file
	 * @param options options of this operation
	 * @return the attachment
	 * @throws IllegalArgumentException if the file does not exist or has no name; nothing
	 * is sent
	 */
	default KintoAttachment add(String id, Resource file, KintoUploadOptions.Customizer... options) {
		return executor().execute(calls().add(id, file, options));
	}

	/**
	 * Attach a file to a record, and change the data of the record. See
	 * {@link #add(String, Resource, KintoUploadOptions.Customizer...)}.
	 * @param id the id of the record
	 * @param file the file
	 * @param data the fields of the record to change; other fields are kept
	 * @param options options of this operation
	 * @return the attachment
	 */
	default KintoAttachment add(String id, Resource file, T data, KintoUploadOptions.Customizer... options) {
		return executor().execute(calls().add(id, file, data, options));
	}

	/**
	 * Read the attachment of a record.
	 * @param id the id of the record
	 * @param options options of this operation
	 * @return the attachment, or empty if the record has none or does not exist
	 */
	default Optional<KintoAttachment> find(String id, KintoReadOptions.Customizer... options) {
		return executor().execute(calls().find(id, options));
	}

	/**
	 * Remove the attachment of a record, and keep the record. The client reads the record
	 * first, because Kinto would create a missing record.
	 * @param id the id of the record
	 * @param options options of this operation
	 * @return the new version of the record
	 * @throws KintoNotFoundException if the record does not exist
	 */
	default KintoTimestamp remove(String id, KintoReadOptions.Customizer... options) {
		return executor().execute(calls().remove(id, options));
	}

	/**
	 * Download an attachment and check its size and hash. The client downloads only from
	 * the base URL that the server announces for its files, and sends neither credentials
	 * nor your headers. Each read must complete within the transfer timeout
	 * ({@code kinto.transfer-timeout}).
	 * @param attachment the attachment
	 * @return the bytes. Close the stream. Reading fails with a {@link KintoException} if
	 * the download fails, or at the end if the size or the hash differs.
	 * @throws IllegalArgumentException if the attachment is outside that base URL
	 */
	default InputStream download(KintoAttachment attachment) {
		return executor().download(calls().download(attachment));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	AttachmentCalls<T> calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	KintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param <T> the type of the records' data
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle<T>(KintoExecutor executor, AttachmentCalls<T> calls) implements AttachmentOperations<T> {
	}

}
