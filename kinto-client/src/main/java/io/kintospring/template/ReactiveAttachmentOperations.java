package io.kintospring.template;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUploadOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.AttachmentCalls;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Reactive variant of {@link AttachmentOperations}.
 *
 * @param <T> the type of the records' data
 */
public interface ReactiveAttachmentOperations<T> {

	/**
	 * Reactive variant of
	 * {@link AttachmentOperations#add(String, Resource, KintoUploadOptions.Customizer...)}.
	 */
	default Mono<KintoAttachment> add(String id, Resource file, KintoUploadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().add(id, file, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttachmentOperations#add(String, Resource, Object, KintoUploadOptions.Customizer...)}.
	 */
	default Mono<KintoAttachment> add(String id, Resource file, T data, KintoUploadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().add(id, file, data, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttachmentOperations#find(String, KintoReadOptions.Customizer...)}.
	 * @return the attachment, or empty if the record has none or does not exist
	 */
	default Mono<KintoAttachment> find(String id, KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().find(id, options))).flatMap(Mono::justOrEmpty);
	}

	/**
	 * Reactive variant of
	 * {@link AttachmentOperations#remove(String, KintoReadOptions.Customizer...)}.
	 */
	default Mono<KintoTimestamp> remove(String id, KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().remove(id, options)));
	}

	/**
	 * Reactive variant of {@link AttachmentOperations#download(KintoAttachment)}.
	 * @return the bytes; the subscriber must release the buffers
	 */
	default Flux<DataBuffer> download(KintoAttachment attachment) {
		return Flux.defer(() -> executor().download(calls().download(attachment)));
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
	ReactiveKintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param <T> the type of the records' data
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle<T>(ReactiveKintoExecutor executor,
			AttachmentCalls<T> calls) implements ReactiveAttachmentOperations<T> {
	}

}
