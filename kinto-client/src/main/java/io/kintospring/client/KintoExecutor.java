package io.kintospring.client;

import java.io.InputStream;
import java.util.stream.Stream;

import io.kintospring.KintoException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoSequence;

/**
 * Runs calls and waits for their results. Implementations are thread-safe.
 * <p>
 * Each method throws a {@link KintoException} if the request fails. On a thread that must
 * not be blocked, such as an event loop, it throws an {@link IllegalStateException} and
 * sends nothing. A thread that is interrupted while it waits gets a
 * {@link KintoException} and stays interrupted.
 *
 * @see KintoClient#blocking()
 */
public interface KintoExecutor {

	/**
	 * Run a call. The response is read on the calling thread.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the result
	 */
	<R> R execute(KintoCall<R> call);

	/**
	 * Run a flow, one request after the other.
	 * @param <R> the type of the result
	 * @param flow the flow
	 * @return the result
	 */
	<R> R execute(KintoFlow<R> flow);

	/**
	 * Run a batch.
	 * @param batch the batch
	 * @return the outcome of each call
	 * @throws KintoBatchException at the end if a call failed, unless the options of the
	 * batch collect errors
	 */
	BatchResult execute(KintoBatch batch);

	/**
	 * Stream the elements of a sequence, fetching one part ahead of the consumer. The
	 * consuming thread sends all requests and reads all responses.
	 * @param <E> the type of the elements
	 * @param sequence the sequence
	 * @return the elements. Close the stream if you do not consume it to its end. When
	 * the client is closed, an endless sequence ends.
	 */
	<E> Stream<E> stream(KintoSequence<E> sequence);

	/**
	 * Stream the elements of a list that is read with several requests at a time. The
	 * consuming thread sends all requests and reads all responses.
	 * @param <E> the type of the elements
	 * @param sequence the list
	 * @return the elements. Close the stream if you do not consume it to its end.
	 */
	<E> Stream<E> stream(KintoParallelSequence<E> sequence);

	/**
	 * Download a file. Each read must be served within the transfer timeout.
	 * @param download the download
	 * @return the bytes. Close the stream if you do not read it to its end. Reading fails
	 * with a {@link KintoException}, at the end if the hash of the file differs.
	 */
	InputStream download(KintoDownload download);

}
