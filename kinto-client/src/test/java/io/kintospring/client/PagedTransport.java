package io.kintospring.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * List of several pages, whose records have consecutive numbers as ids. Each page is
 * returned immediately, unless a test sets another response.
 */
final class PagedTransport implements KintoTransport {

	private final int pages;

	private final int size;

	private final List<Integer> asked = new CopyOnWriteArrayList<>();

	private final AtomicInteger cancelled = new AtomicInteger();

	private final Map<Integer, Mono<KintoResponse>> instead = new ConcurrentHashMap<>();

	PagedTransport(int pages, int size) {
		this.pages = pages;
		this.size = size;
	}

	/**
	 * Set another response for a page.
	 * @param page the number of the page, from 1
	 */
	PagedTransport answer(int page, Mono<KintoResponse> instead) {
		this.instead.put(page, instead);
		return this;
	}

	/**
	 * Return the numbers of the requested pages, from 1.
	 */
	List<Integer> asked() {
		return this.asked;
	}

	int cancelled() {
		return this.cancelled.get();
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		return Mono.defer(() -> {
			int page = request.query().contains("_token=")
					? Integer.parseInt(request.query().replaceAll(".*_token=", "")) : 1;
			this.asked.add(page);
			return this.instead.getOrDefault(page, Mono.fromSupplier(() -> page(page)));
		}).doOnCancel(this.cancelled::incrementAndGet);
	}

	/**
	 * Return the response for a page.
	 */
	KintoResponse page(int page) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("ETag", "\"9000\"");
		if (page < this.pages) {
			headers.set("Next-Page", "http://h/v1/x?_token=" + (page + 1));
		}
		String data = IntStream.range((page - 1) * this.size, page * this.size)
			.mapToObj((i) -> "{\"id\":\"" + i + "\",\"last_modified\":" + (i + 1) + "}")
			.collect(Collectors.joining(",", "{\"data\":[", "]}"));
		return new KintoResponse(200, headers, data.getBytes(StandardCharsets.UTF_8));
	}

}
