package io.kintospring.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.json.DataMapping;
import io.kintospring.json.ServerFields;
import io.kintospring.protocol.KintoSequence.Slice;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.ObjectUtils;

/**
 * Calls to a list of objects of any kind. They handle {@code ETag},
 * {@code If-None-Match}, {@code Next-Page} and {@code Total-Objects}.
 *
 * @param <T> the type of the objects' data
 */
final class ListCalls<T> {

	private static final Consumer<KintoTombstone> IGNORE = (tombstone) -> {
	};

	private static final int MAX_PARALLEL = 64;

	/** Ranges per request in flight, because ranges differ in size. */
	private static final int RANGES_EACH = 2;

	private static final int SAMPLE = 100;

	private final ResourceContext parent;

	private final String path;

	private final Envelope<T> envelope;

	private final QueryEncoder encoder;

	ListCalls(ResourceContext parent, ObjectKind kind, DataMapping<T> mapping) {
		this(parent, kind.list(parent.path()), mapping);
	}

	ListCalls(ResourceContext parent, String path, DataMapping<T> mapping) {
		this.parent = parent;
		this.path = path;
		this.envelope = new Envelope<>(parent.json(), mapping);
		this.encoder = new QueryEncoder(parent.json());
	}

	KintoCall<ListResult<T>> list(String operation, KintoQuery query) {
		if (query.pages() != null) {
			throw new IllegalArgumentException(
					operation + " reads one page: pages(…) is not supported, use limit(…) for the size of the page");
		}
		return firstPage(operation, query);
	}

	/**
	 * Check that entries are read whole, because their types require all fields.
	 */
	static void requireNoFields(String operation, KintoQuery query) {
		if (!query.fields().isEmpty()) {
			throw new IllegalArgumentException(operation + " returns whole entries: fields(…) is not supported");
		}
	}

	/**
	 * Read up to {@code query.pages()} pages into one, one by default.
	 */
	KintoFlow<ListResult<T>> pages(String operation, KintoQuery query) {
		return pages(firstPage(operation, query), List.of(), (query.pages() != null) ? query.pages() : 1);
	}

	private static <T> KintoFlow<ListResult<T>> pages(KintoCall<ListResult<T>> call, List<ListResult<T>> before,
			int most) {
		return KintoFlow.ask(call).then((page) -> {
			List<ListResult<T>> all = Stream.concat(before.stream(), Stream.of(page)).toList();
			return (page.next() != null && most > 1) ? pages(page.next(), all, most - 1)
					: KintoFlow.done(ListResult.join(all));
		});
	}

	KintoCall<Optional<ListResult<T>>> listIfChanged(String operation, @Nullable KintoTimestamp known,
			KintoQuery query) {
		return list(operation, (known != null) ? query.header(HttpHeaders.IF_NONE_MATCH, known.etag()) : query)
			.ifModified();
	}

	/**
	 * Read all objects of another list, which has no pages, without tombstones.
	 */
	KintoCall<List<KintoObject<T>>> listUnpaged(String operation, String path) {
		KintoRequest request = new KintoRequest(operation, HttpMethod.GET, path, "",
				this.parent.headers(KintoOptions.of()), null, this.parent.retry(KintoOptions.of()));
		return call(request, expected(), (response) -> this.envelope.readList(response, IGNORE));
	}

	KintoSequence<KintoObject<T>> stream(String operation, KintoQuery query) {
		return new KintoSequence<>(slice(PageRequest.first(request(operation, HttpMethod.GET, query), query.pages()),
				this.encoder.asksForTombstones(query)));
	}

	/**
	 * The {@code Next-Page} header is known before the objects of this page.
	 */
	private KintoCall<Slice<KintoObject<T>>> slice(PageRequest page, boolean tombstones) {
		Function<KintoResponse, @Nullable KintoCall<Slice<KintoObject<T>>>> following = (response) -> {
			PageRequest next = page.next(response);
			return (next != null) ? slice(next, tombstones) : null;
		};
		return call(page.request(), expected(),
				(response) -> new Slice<>(() -> objects(page.request(), response, tombstones),
						following.apply(response), Duration.ZERO))
			.followedBy(following);
	}

	private Iterator<KintoObject<T>> objects(KintoRequest request, KintoResponse response, boolean tombstones) {
		String expected = expected();
		Supplier<@Nullable KintoObject<T>> objects = KintoCall.read(request, response, expected,
				() -> this.envelope.objects(response, tombstones ? IGNORE : null));
		return new NextIterator<>(() -> KintoCall.read(request, response, expected, objects));
	}

	/**
	 * Read several ranges of the sort field at the same time, or of ids without an order.
	 */
	KintoParallelSequence<KintoObject<T>> streamInParallel(String operation, KintoQuery query, int parallel) {
		if (parallel < 1 || parallel > MAX_PARALLEL) {
			throw new IllegalArgumentException(
					operation + ": parallel must be between 1 and " + MAX_PARALLEL + ", but was " + parallel);
		}
		if (query.pages() != null || query.token() != null) {
			throw new IllegalArgumentException(operation
					+ " reads ranges of different sizes: pages(…) and from(…) are not supported, use stream(…)");
		}
		return query.sort().isEmpty() ? unordered(operation, query, parallel) : ordered(operation, query, parallel);
	}

	/**
	 * The lowest and the highest ids determine the ranges. Each object is in exactly one
	 * range, even if others are created or deleted.
	 */
	private KintoParallelSequence<KintoObject<T>> unordered(String operation, KintoQuery query, int parallel) {
		if (isLimited(query, ServerFields.ID, false)) {
			throw new IllegalArgumentException(
					operation + " divides the ids with greaterThan(…) and max(…), so the query"
							+ " cannot have those: use min(…) or lessThan(…)");
		}
		KintoQuery byId = query.sort(ServerFields.ID);
		KintoFlow<List<KintoSequence<KintoObject<T>>>> ranges = KintoFlow.ask(sample(operation, byId))
			.then((lowest) -> (lowest.next() == null) ? KintoFlow.done(List.of(stream(operation, byId)))
					: KintoFlow.ask(sample(operation, query.sort("-" + ServerFields.ID)))
						.then((highest) -> KintoFlow.done(IdRanges.between(ids(lowest, highest), parallel * RANGES_EACH)
							.stream()
							.map((range) -> stream(operation, range.limit(byId)))
							.toList())));
		return new KintoParallelSequence.Unordered<>(ranges, parallel);
	}

	private KintoParallelSequence<KintoObject<T>> ordered(String operation, KintoQuery query, int parallel) {
		String sort = this.encoder.sort(query);
		boolean descending = sort.startsWith("-");
		String field = descending ? sort.substring(1) : sort;
		if (!field.equals(ServerFields.LAST_MODIFIED) && !field.equals(ServerFields.ID)) {
			throw new IllegalArgumentException(
					operation + " cannot sort by '" + sort + "': sort by last_modified or id, or use stream(…)");
		}
		if (isLimited(query, field, descending)) {
			throw new IllegalArgumentException(operation + " divides the list with "
					+ (descending ? "lessThan(…) and min(…)" : "greaterThan(…) and max(…)") + " of " + field
					+ ", so the query cannot have those: use "
					+ (descending ? "max(…) or greaterThan(…)" : "min(…) or lessThan(…)"));
		}
		return new KintoParallelSequence.Ordered<>(field.equals(ServerFields.ID) ? byId(operation, query, descending)
				: KintoFlow.done(range(operation, query, new VersionKey(descending))), parallel);
	}

	/**
	 * The lowest and the highest ids determine how ids are converted to numbers.
	 */
	private KintoFlow<ListRange<KintoObject<T>>> byId(String operation, KintoQuery query, boolean descending) {
		return KintoFlow.ask(sample(operation, query.sort(ServerFields.ID)))
			.then((lowest) -> KintoFlow.ask(sample(operation, query.sort("-" + ServerFields.ID)))
				.then((highest) -> KintoFlow
					.done(range(operation, query, new IdKey(descending, new IdRanges(ids(lowest, highest)))))));
	}

	private ListRange<KintoObject<T>> range(String operation, KintoQuery query, RangeKey<?> key) {
		return KeyRange.all(key, query, (limited) -> firstPage(operation, limited));
	}

	/**
	 * Return whether a query has one of the filters that limit ranges of a field.
	 */
	private boolean isLimited(KintoQuery query, String field, boolean descending) {
		KintoQuery limits = KeyRange.limit(KintoQuery.of(), field, descending, "", "");
		return !Collections.disjoint(this.encoder.names(query), this.encoder.names(limits));
	}

	private KintoCall<ListResult<Map<String, Object>>> sample(String operation, KintoQuery query) {
		return new ListCalls<>(this.parent, this.path, this.parent.json().attributes()).firstPage(operation,
				query.limit(SAMPLE).fields(ServerFields.ID));
	}

	private static SortedSet<String> ids(ListResult<?>... pages) {
		return Stream.of(pages)
			.flatMap((page) -> Stream.concat(page.data().stream().map(KintoObject::id),
					page.tombstones().stream().map(KintoTombstone::id)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	KintoCall<Long> count(String operation, KintoQuery query) {
		if (query.limit() != null || query.pages() != null || query.token() != null) {
			throw new IllegalArgumentException(
					operation + " counts all matching objects: limit(…), pages(…) and from(…) are not supported");
		}
		return head(operation, query, "a total", (response) -> KintoHeaders.total(response.headers()));
	}

	KintoCall<KintoTimestamp> timestamp(String operation) {
		return head(operation, KintoQuery.of(), "the version of a list", PageRequest::timestamp);
	}

	/**
	 * Delete all objects, or those that match a query. Page tokens are unreliable here,
	 * so the same request is repeated while the response has {@code Next-Page}.
	 */
	KintoSequence<KintoTombstone> deleteAll(String operation, KintoQuery.Customizer first,
			KintoQuery.Customizer... more) {
		KintoQuery query = KintoQuery.of(ObjectUtils.addObjectToArray(more, first, 0));
		if (!query.sort().isEmpty() || query.limit() != null || query.pages() != null || query.token() != null
				|| !query.fields().isEmpty()) {
			throw new IllegalArgumentException(
					operation + " deletes all matching objects: sort(…), limit(…), pages(…), from(…) and fields(…)"
							+ " are not supported");
		}
		if (query.filters().isEmpty()) {
			throw new IllegalArgumentException(operation
					+ " requires a filter in the query: call deleteAll() without a query to delete all objects");
		}
		return new KintoSequence<>(deletion(request(operation, HttpMethod.DELETE, query)));
	}

	KintoSequence<KintoTombstone> deleteAll(String operation) {
		return new KintoSequence<>(deletion(request(operation, HttpMethod.DELETE, KintoQuery.of())));
	}

	private KintoCall<Slice<KintoTombstone>> deletion(KintoRequest request) {
		return call(request, "tombstones", (response) -> {
			List<KintoTombstone> deleted = this.envelope.readTombstones(response);
			boolean more = PageRequest.hasNext(response) && !deleted.isEmpty();
			return new Slice<>(deleted, more ? deletion(request) : null, Duration.ZERO);
		}).repeatable(false);
	}

	/**
	 * Read the first page of a list together with the headers of its response.
	 */
	<R> KintoCall<R> firstPage(String operation, KintoQuery query, BiFunction<ListResult<T>, KintoResponse, R> reader) {
		PageRequest page = PageRequest.first(request(operation, HttpMethod.GET, query), null);
		boolean tombstones = this.encoder.asksForTombstones(query);
		return call(page.request(), expected(),
				(response) -> reader.apply(readPage(page, tombstones, response), response));
	}

	private KintoCall<ListResult<T>> firstPage(String operation, KintoQuery query) {
		return firstPage(operation, query, (page, response) -> page);
	}

	private KintoCall<ListResult<T>> page(PageRequest page, boolean tombstones) {
		return call(page.request(), expected(), (response) -> readPage(page, tombstones, response));
	}

	private ListResult<T> readPage(PageRequest page, boolean tombstones, KintoResponse response) {
		List<KintoTombstone> deleted = new ArrayList<>();
		List<KintoObject<T>> data = this.envelope.readList(response, tombstones ? deleted::add : null);
		PageRequest next = page.next(response);
		return new ListResult<>(data, deleted, PageRequest.timestamp(response),
				(next != null) ? page(next, tombstones) : null);
	}

	private String expected() {
		return "a list of " + this.envelope.typeName();
	}

	private <R> KintoCall<R> head(String operation, KintoQuery query, String expected,
			Function<KintoResponse, R> reader) {
		return call(request(operation, HttpMethod.HEAD, query), expected, reader);
	}

	private KintoRequest request(String operation, HttpMethod method, KintoQuery query) {
		HttpHeaders headers = this.parent.headers(query.options(), null, PreconditionHeader.NONE);
		return new KintoRequest(operation, method, this.path, this.encoder.encode(query), headers, null,
				this.parent.retry(query.options()));
	}

	private static <R> KintoCall<R> call(KintoRequest request, String expected, Function<KintoResponse, R> reader) {
		return KintoCall.of(request, expected, reader, Errors.ExistingReader.NONE);
	}

}
