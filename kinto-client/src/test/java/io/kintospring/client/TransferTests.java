package io.kintospring.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the transfer timeout: uploads and downloads are not limited as long as they
 * make progress.
 */
class TransferTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final String ATTACHMENT = "{\"filename\":\"a\",\"hash\":\"\",\"location\":\"x\",\"mimetype\":\"a/b\","
			+ "\"size\":1}";

	private static final String INFO = "{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{}}}";

	/** The SHA-256 of "xxx". */
	private static final String HASH = "cd2eb0837c9b4c962c22d2ff8b5441b7b45805887f051d39bf133b583baf6860";

	private final CollectionCalls<?> records = KintoCalls.defaults().bucket("b").collection("c");

	@Test
	void progressingUploadSucceedsBeyondTheTimeout() {
		StepVerifier
			.withVirtualTime(() -> upload((body) -> Flux.interval(Duration.ofSeconds(2))
				.take(10)
				.doOnNext((tick) -> readOne(body))
				.then(Mono.just(Calls.answer(201, ATTACHMENT)))))
			.thenAwait(Duration.ofSeconds(20))
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void stalledUploadTimesOut() {
		StepVerifier
			.withVirtualTime(() -> upload(
					(body) -> Mono.delay(Duration.ofSeconds(2)).doOnNext((tick) -> readOne(body)).then(Mono.never())))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(4999))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorMessage(
					"addAttachment POST /buckets/b/collections/c/records/r/attachment: nothing was transferred for 3000 ms")
			.verify(SOON);
	}

	@Test
	void progressingDownloadSucceedsBeyondTheTimeout() {
		StepVerifier.withVirtualTime(() -> download(part().delayElement(Duration.ofSeconds(2)).repeat(2)))
			.thenAwait(Duration.ofSeconds(6))
			.expectNextCount(3)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void stalledDownloadTimesOut() {
		StepVerifier.withVirtualTime(() -> download(part().concatWith(Flux.never())))
			.expectNextCount(1)
			.expectNoEvent(Duration.ofMillis(2999))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessage("downloadAttachment GET x: nothing was transferred for 3000 ms"))
			.verify(SOON);
	}

	@Test
	void slowConsumerOfADownloadDoesNotTimeOut() {
		StepVerifier.withVirtualTime(() -> download(part().repeat(2)), 1)
			.expectNextCount(1)
			.thenAwait(Duration.ofHours(1))
			.thenRequest(1)
			.expectNextCount(1)
			.thenAwait(Duration.ofHours(1))
			.thenRequest(2)
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closingTheClientEndsUploads(boolean blocking) {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		KintoClient client = client((request) -> Mono.<KintoResponse>never()
			.doOnSubscribe((subscription) -> begun.complete(null))
			.doOnCancel(() -> cancelled.complete(null)), Flux.empty());
		KintoCall<KintoAttachment> upload = this.records.attachments()
			.add("r", new ByteArrayResource(new byte[100]), (u) -> u.filename("a"));
		CompletableFuture<?> result = blocking ? CompletableFuture.supplyAsync(() -> client.blocking().execute(upload))
				: client.execute(upload).toFuture();
		assertThat(begun).succeedsWithin(SOON);
		client.close();
		assertNotCompleted(result);
		assertThat(cancelled).succeedsWithin(SOON);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closingTheClientEndsDownloads(boolean blocking) {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		KintoClient client = client((request) -> Mono.error(new IllegalStateException()),
				part().concatWith(Flux.<DataBuffer>never().doOnSubscribe((subscription) -> begun.complete(null)))
					.doOnCancel(() -> cancelled.complete(null)));
		KintoDownload download = this.records.attachments().download(new KintoAttachment("a", HASH, "x", "a/b", 3));
		CompletableFuture<?> result = blocking ? CompletableFuture.supplyAsync(() -> read(client, download))
				: client.download(download).then().toFuture();
		assertThat(begun).succeedsWithin(SOON);
		client.close();
		assertNotCompleted(result);
		assertThat(cancelled).succeedsWithin(SOON);
	}

	@Test
	void closingADownloadEndsAWaitingRead() throws IOException {
		CompletableFuture<Thread> reader = new CompletableFuture<>();
		KintoClient client = client((request) -> Mono.error(new IllegalStateException()),
				part().concatWith(Flux.never()));
		InputStream file = client.blocking()
			.download(this.records.attachments().download(new KintoAttachment("a", HASH, "x", "a/b", 3)));
		assertThat(file.read()).isEqualTo('x');
		CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
			reader.complete(Thread.currentThread());
			return catchThrowable(file::read);
		});
		await().until(() -> reader.isDone() && reader.join().getState() == Thread.State.WAITING);
		file.close();
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ex) -> assertThat(ex).isInstanceOf(IOException.class).hasMessageEndingWith(" is closed"));
	}

	@Test
	void fileWithoutAReadableLengthIsRejected() throws IOException {
		AbstractResource file = new AbstractResource() {

			@Override
			public String getDescription() {
				return "the file";
			}

			@Override
			public InputStream getInputStream() {
				return InputStream.nullInputStream();
			}

			@Override
			public long contentLength() {
				throw new StackOverflowError();
			}

		};
		KintoRequest request = KintoRequest.of("upload", HttpMethod.POST, "/files").withBody(file);
		try (RawServer server = RawServer.answering();
				KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(server.url())).build()) {
			assertThatExceptionOfType(KintoTransportException.class)
				.isThrownBy(() -> client.blocking().execute(KintoCall.of(request, KintoResponse::status)))
				.withMessageContaining("the file could not be read");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void exceptionThrownByTheTransportIsATransportException(boolean blocking) {
		KintoResponse info = Calls.answer(200, INFO);
		KintoClient client = KintoClient.builder(new KintoTransport() {

			@Override
			public Mono<KintoResponse> exchange(KintoRequest request) {
				return Mono.just(info);
			}

			@Override
			public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
				throw new IllegalStateException("on purpose");
			}

		}).build();
		KintoDownload download = this.records.attachments().download(new KintoAttachment("a", HASH, "x", "a/b", 3));
		assertThat(catchThrowable(() -> {
			if (blocking) {
				client.blocking().download(download);
			}
			else {
				client.download(download).blockLast();
			}
		})).isInstanceOf(KintoTransportException.class).hasMessageContaining("on purpose");
	}

	@Test
	void exceptionThrownByRequestIsATransportException() {
		Flux<DataBuffer> file = Flux.from((subscriber) -> subscriber.onSubscribe(new Subscription() {

			private boolean begun;

			@Override
			public void request(long parts) {
				if (this.begun) {
					throw new IllegalStateException("on purpose");
				}
				this.begun = true;
				subscriber.onNext(part().block());
			}

			@Override
			public void cancel() {
			}

		}));
		KintoClient client = client((request) -> Mono.error(new IllegalStateException()), file);
		KintoDownload download = this.records.attachments().download(new KintoAttachment("a", HASH, "x", "a/b", 3));
		assertThat(catchThrowable(() -> read(client, download))).isInstanceOf(KintoTransportException.class)
			.hasMessageContaining("on purpose");
	}

	private static void assertNotCompleted(CompletableFuture<?> result) {
		assertThat(result).failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isExactlyInstanceOf(KintoTransportException.class)
			.withMessageEndingWith("was not completed: the client is closed");
	}

	private static byte[] read(KintoClient client, KintoDownload download) {
		try (InputStream file = client.blocking().download(download)) {
			return file.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Mono<KintoAttachment> upload(Function<InputStream, Mono<KintoResponse>> server) {
		return client((request) -> server.apply(content(request)), Flux.empty())
			.execute(this.records.attachments().add("r", new ByteArrayResource(new byte[100]), (u) -> u.filename("a")));
	}

	private Flux<DataBuffer> download(Flux<DataBuffer> file) {
		KintoAttachment attachment = new KintoAttachment("a", HASH, "x", "a/b", 3);
		return client((request) -> Mono.error(new IllegalStateException()), file)
			.download(this.records.attachments().download(attachment));
	}

	private static KintoClient client(Function<KintoRequest, Mono<KintoResponse>> server, Flux<DataBuffer> file) {
		KintoResponse info = Calls.answer(200, INFO);
		return KintoClient.builder(new KintoTransport() {

			@Override
			public Mono<KintoResponse> exchange(KintoRequest request) {
				return request.path().equals("/") ? Mono.just(info) : server.apply(request);
			}

			@Override
			public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
				return file;
			}

		}).timeout(Duration.ofSeconds(1)).transferTimeout(Duration.ofSeconds(3)).build();
	}

	private static InputStream content(KintoRequest request) {
		try {
			assertThat(request.body()).isNotNull();
			return request.body().getInputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void readOne(InputStream body) {
		try {
			assertThat(body.read()).isNotNegative();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Mono<DataBuffer> part() {
		return Mono
			.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap("x".getBytes(StandardCharsets.UTF_8)));
	}

}
