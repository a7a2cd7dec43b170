package io.kintospring.client;

import io.kintospring.KintoException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoSequence;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Runs calls without blocking. Implementations are thread-safe.
 * <p>
 * Nothing is sent before a publisher is subscribed to, and each subscription sends its
 * own requests. Publishers fail with a {@link KintoException}.
 */
public interface ReactiveKintoExecutor {

	/**
	 * Run a call.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the result
	 */
	<R> Mono<R> execute(KintoCall<R> call);

	/**
	 * Run a flow, one request after the other.
	 * @param <R> the type of the result
	 * @param flow the flow
	 * @return the result
	 */
	<R> Mono<R> execute(KintoFlow<R> flow);

	/**
	 * Run a batch.
	 * @param batch the batch
	 * @return the outcome of each call. Fails with a {@link KintoBatchException} at the
	 * end if a call failed, unless the options of the batch collect errors.
	 */
	Mono<BatchResult> execute(KintoBatch batch);

	/**
	 * Stream the elements of a sequence as they are requested, fetching one part ahead of
	 * the consumer.
	 * @param <E> the type of the elements
	 * @param sequence the sequence
	 * @return the elements. When the client is closed, an endless sequence completes.
	 */
	<E> Flux<E> stream(KintoSequence<E> sequence);

	/**
	 * Stream the elements of a list that is read with several requests at a time.
	 * @param <E> the type of the elements
	 * @param sequence the list
	 * @return the elements
	 */
	<E> Flux<E> stream(KintoParallelSequence<E> sequence);

	/**
	 * Download a file. Each requested part must arrive within the transfer timeout.
	 * @param download the download
	 * @return the bytes, which the subscriber must release. Fails at the end if the hash
	 * of the file differs.
	 */
	Flux<DataBuffer> download(KintoDownload download);

}
