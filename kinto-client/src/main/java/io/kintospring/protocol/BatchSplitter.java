package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoRetry;
import io.kintospring.protocol.BatchResult.Outcome;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Divides calls into requests by the limits of the server and the options. Calls that a
 * batch cannot contain are sent alone, in order.
 */
final class BatchSplitter {

	static final String PATH = "/batch";

	private final ResourceContext root;

	private final KintoBatchOptions options;

	private final int maxRequests;

	private final HttpHeaders headers;

	private final BatchEncoder encoder;

	BatchSplitter(ResourceContext root, KintoBatchOptions options, int maxRequests) {
		this.root = root;
		this.options = options;
		this.maxRequests = maxRequests;
		this.headers = root.headers(options.options());
		this.headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		this.encoder = new BatchEncoder(root.json(), this.headers, this::isOverridden);
	}

	/**
	 * Divide calls.
	 * @param calls the calls
	 * @param start the index of the first call within the batch
	 */
	List<BatchChunk> split(List<KintoCall<?>> calls, int start) {
		List<BatchChunk> chunks = new ArrayList<>();
		int index = start;
		for (List<KintoCall<?>> group : groups(calls)) {
			chunks.add(new BatchChunk(this::request, group, index));
			index += group.size();
		}
		return chunks;
	}

	private List<List<KintoCall<?>>> groups(List<KintoCall<?>> calls) {
		List<List<KintoCall<?>>> groups = new ArrayList<>();
		BatchEncoder.Sizes sizes = new BatchEncoder.Sizes();
		int start = 0;
		int bytes = 0;
		for (int i = 0; i < calls.size(); i++) {
			KintoRequest request = calls.get(i).request();
			boolean alone = isAlone(request);
			int size = sizes.of(request);
			if (i > start && (alone || i - start == this.maxRequests || bytes + size > this.options.maxBytes())) {
				groups.add(calls.subList(start, i));
				start = i;
				bytes = 0;
			}
			bytes += size;
			if (alone) {
				groups.add(calls.subList(start, i + 1));
				start = i + 1;
				bytes = 0;
			}
		}
		if (start < calls.size()) {
			groups.add(calls.subList(start, calls.size()));
		}
		return groups;
	}

	/**
	 * Kinto rejects batches with a path that looks like a batch or a JSON Patch. It
	 * applies merge patches as plain ones, and fails at responses with {@code 304}.
	 */
	private static boolean isAlone(KintoRequest request) {
		String contentType = request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		return request.isStreamed() || request.path().contains(PATH)
				|| (request.body() != null && !MediaType.APPLICATION_JSON_VALUE.equals(contentType))
				|| (request.isRead() && request.headers().containsHeader(HttpHeaders.IF_NONE_MATCH));
	}

	KintoCall<BatchMembers> request(List<KintoCall<?>> calls) {
		return (calls.size() == 1) ? single(calls.get(0)) : together(calls);
	}

	private KintoCall<BatchMembers> single(KintoCall<?> call) {
		KintoCall<BatchMembers> single = KintoCall.raw(withOptions(call.request()), (response) -> {
			Outcome<?> outcome = Outcome.read(call, response);
			return new BatchMembers(List.of(outcome), List.of(), call.isContradicted(response),
					outcome.error() != null && Errors.isOfRequest(response), response.uncertain());
		});
		return single.repeatable(call.isRepeatable());
	}

	/**
	 * The headers of the batch also apply to a call that is sent alone.
	 */
	private KintoRequest withOptions(KintoRequest call) {
		KintoRetry retry = this.options.options().retry();
		KintoRequest request = (retry != null) ? call.withRetry(retry) : call;
		Map<String, String> common = this.root.options().merge(this.options.options()).headers();
		return common.isEmpty() ? request : request.withHeaders((headers) -> common.forEach((name, value) -> {
			String current = headers.getFirst(name);
			if (current == null || isOverridden(name, current)) {
				headers.set(name, value);
			}
		}));
	}

	/**
	 * Return whether a header of a call is inherited from the template and the batch has
	 * another value.
	 */
	private boolean isOverridden(String name, String value) {
		return this.options.options().headers().containsKey(name)
				&& value.equals(this.root.options().headers().get(name));
	}

	private KintoCall<BatchMembers> together(List<KintoCall<?>> calls) {
		KintoRequest request = new KintoRequest("batch", HttpMethod.POST, PATH, "", this.headers,
				new ByteArrayResource(this.encoder.encode(calls)), this.root.retry(this.options.options()));
		return KintoCall
			.of(request, "the responses of a batch",
					(response) -> new BatchReader(this.root.json(), calls, response).read(), Errors.ExistingReader.NONE)
			.repeatable(calls.stream().allMatch(KintoCall::isRepeatable));
	}

}
