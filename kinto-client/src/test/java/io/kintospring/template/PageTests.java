package io.kintospring.template;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Paging through a list of three pages.
 */
class PageTests {

	private static final KintoCalls CALLS = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final KintoTransport transport = (request) -> {
		this.asked.add(request.query());
		int page = request.query().isEmpty() ? 1 : Integer.parseInt(request.query().substring("_token=".length()));
		HttpHeaders headers = new HttpHeaders();
		headers.set("ETag", "\"9\"");
		if (page < 3) {
			headers.set("Next-Page", "http://h/v1/x?_token=" + (page + 1));
		}
		return Mono.just(new KintoResponse(200, headers,
				("{\"data\":[{\"id\":\"p" + page + "\",\"last_modified\":5}]}").getBytes(StandardCharsets.UTF_8)));
	};

	@Test
	void blockingPagesContinue() {
		KintoPage<Map<String, Object>> first = new KintoTemplate(client(this.transport), CALLS).buckets().list();
		assertThat(this.asked).containsExactly("");
		assertThat(first.hasNext()).isTrue();
		KintoPage<Map<String, Object>> last = first.next().next();
		assertThat(last.data()).extracting(KintoObject::id).containsExactly("p3");
		assertThat(last.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(last::next)
			.withMessage("This is the last page: call hasNext() first");
		assertThat(this.asked).containsExactly("", "_token=2", "_token=3");
		assertThat(first.next().data()).extracting(KintoObject::id).containsExactly("p2");
	}

	@Test
	void reactivePagesExpand() {
		Mono<ReactiveKintoPage<Map<String, Object>>> first = new ReactiveKintoTemplate(client(this.transport), CALLS)
			.buckets()
			.list();
		StepVerifier
			.create(first.expand(ReactiveKintoPage::next).flatMapIterable(ReactiveKintoPage::data).map(KintoObject::id))
			.expectNext("p1", "p2", "p3")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
		assertThat(this.asked).containsExactly("", "_token=2", "_token=3");
	}

	@Test
	void reactivePagesAreReadOnDemand() {
		Mono<ReactiveKintoPage<Map<String, Object>>> first = new ReactiveKintoTemplate(client(this.transport), CALLS)
			.buckets()
			.list();
		assertThat(this.asked).isEmpty();
		StepVerifier.create(first.expand(ReactiveKintoPage::next).take(2))
			.expectNextCount(2)
			.expectComplete()
			.verify(Duration.ofSeconds(5));
		assertThat(this.asked).containsExactly("", "_token=2");
	}

	@Test
	void mappedPageMapsTheFollowingPages() {
		KintoPage<String> first = new KintoTemplate(client(this.transport), CALLS).buckets()
			.list()
			.map((data) -> "view of " + data.get("id"));
		assertThat(first.data())
			.containsExactly(new KintoObject<>("p1", new KintoTimestamp(5), "view of p1", KintoPermissions.none()));
		assertThat(first.timestamp()).isEqualTo(new KintoTimestamp(9));
		assertThat(first.nextToken()).isEqualTo("2");
		assertThat(first.next().data()).extracting(KintoObject::data).containsExactly("view of p2");
	}

	@Test
	void mappedReactivePageMapsTheFollowingPages() {
		Mono<ReactiveKintoPage<Map<String, Object>>> first = new ReactiveKintoTemplate(client(this.transport), CALLS)
			.buckets()
			.list();
		StepVerifier
			.create(first.map((page) -> page.map((data) -> "view of " + data.get("id")))
				.expand(ReactiveKintoPage::next)
				.flatMapIterable(ReactiveKintoPage::data)
				.map(KintoObject::data))
			.expectNext("view of p1", "view of p2", "view of p3")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void failedPageCanBeReadAgain() {
		KintoTransport failingOnce = (request) -> (!request.query().isEmpty() && !this.asked.contains(request.query()))
				? Mono.fromSupplier(() -> {
					this.asked.add(request.query());
					return new KintoResponse(500, new HttpHeaders(), new byte[0]);
				}) : this.transport.exchange(request);
		KintoPage<Map<String, Object>> first = new KintoTemplate(client(failingOnce), CALLS).buckets().list();
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(first::next)
			.withMessage("listBuckets GET /buckets: 500 Internal Server Error");
		assertThat(first.next().data()).extracting(KintoObject::id).containsExactly("p2");
	}

	private static KintoClient client(KintoTransport transport) {
		return KintoClient.builder(transport).build();
	}

}
