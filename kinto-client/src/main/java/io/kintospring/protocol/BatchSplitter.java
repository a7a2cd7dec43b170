package io.kintospring.protocol;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoOptions;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatch.Members;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Divides calls into requests, by the limits of the server and of the options. What the
 * server cannot take in a batch is sent by itself, in its place in the order.
 */
final class BatchSplitter {

	private static final String PATH = "/batch";

	private final Scope root;

	private final KintoBatchOptions options;

	private final int maxRequests;

	private final HttpHeaders headers;

	private final BatchEncoder encoder;

	BatchSplitter(Scope root, KintoBatchOptions options, int maxRequests) {
		KintoOptions merged = root.options().merge(options.options());
		this.root = root;
		this.options = options;
		this.maxRequests = maxRequests;
		this.headers = root.headers(merged);
		this.headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		this.encoder = new BatchEncoder(root.json(), this.headers);
	}

	/**
	 * Return the parts, each of which is written when it is taken from the list.
	 */
	List<KintoBatch.Part> split(List<KintoCall<?>> calls) {
		List<List<KintoCall<?>>> groups = groups(calls);
		return new AbstractList<>() {

			@Override
			public KintoBatch.Part get(int index) {
				return part(groups.get(index));
			}

			@Override
			public int size() {
				return groups.size();
			}

		};
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
	 * Kinto refuses a whole batch for a path that looks like a batch, or for a patch that
	 * is a list; takes a merge patch for a plain one; and fails over an answer that says
	 * that nothing has changed.
	 */
	private static boolean isAlone(KintoRequest request) {
		boolean read = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
		String contentType = request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		return request.isStreamed() || request.path().contains(PATH)
				|| (request.body() != null && !MediaType.APPLICATION_JSON_VALUE.equals(contentType))
				|| (read && request.headers().containsHeader(HttpHeaders.IF_NONE_MATCH));
	}

	private KintoBatch.Part part(List<KintoCall<?>> calls) {
		return (calls.size() == 1) ? single(calls.get(0)) : new KintoBatch.Part(calls, together(calls));
	}

	private static KintoBatch.Part single(KintoCall<?> call) {
		return new KintoBatch.Part(List.of(call), KintoCall.raw(call.request(),
				(response) -> new Members(List.of(Outcome.read(call, response)), List.of())));
	}

	private KintoCall<Members> together(List<KintoCall<?>> calls) {
		KintoRequest request = new KintoRequest("batch", HttpMethod.POST, PATH, "", this.headers,
				new ByteArrayResource(this.encoder.encode(calls)));
		return KintoCall.of(request, "the answers of a batch",
				(response) -> new BatchReader(this.root.json(), calls, response.body()).read(),
				Errors.ExistingReader.NONE);
	}

}
