package io.kintospring.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import io.kintospring.protocol.PermissionCalls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Behind each door is the call of the same name and parameters.
 */
class DoorTests {

	private static final List<KintoRequest> SENT = new CopyOnWriteArrayList<>();

	private static final Mono<KintoResponse> REFUSED = Mono.error(new IllegalStateException("no server"));

	private static Mono<KintoResponse> response = REFUSED;

	private static final KintoClient CLIENT = KintoClient.builder((request) -> {
		SENT.add(request);
		return response;
	}).build();

	private static final KintoCalls CALLS = new KintoCalls(new JsonMapper(), KintoOptions.none(), "default");

	private static final KintoTemplate BLOCKING = new KintoTemplate(CLIENT, CALLS);

	private static final ReactiveKintoTemplate REACTIVE = new ReactiveKintoTemplate(CLIENT, CALLS);

	private static final BucketOperations BUCKET = BLOCKING.bucket("x", DoorTests::header);

	private static final ReactiveBucketOperations REACTIVE_BUCKET = REACTIVE.bucket("x", DoorTests::header);

	/**
	 * What is remembered of the server need not be asked for, so that behind the doors to
	 * plugins more than that question is seen.
	 */
	@BeforeAll
	static void rememberPlugins() {
		String info = "{\"http_api_version\":\"1.23\",\"capabilities\":{\"accounts\":{},\"history\":{},"
				+ "\"permissions_endpoint\":{},\"attachments\":{}}}";
		response = Mono.just(new KintoResponse(200, new HttpHeaders(), info.getBytes(StandardCharsets.UTF_8)));
		CLIENT.await(CALLS.fetchServerInfo());
		response = REFUSED;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("doors")
	void doorSendsItsCall(String name, Object operations, Object calls, Method door) throws Exception {
		Object[] arguments = Arrays.stream(door.getGenericParameterTypes()).map(DoorTests::sample).toArray();
		Method twin = calls.getClass().getMethod(door.getName(), door.getParameterTypes());
		KintoRequest expected = firstCall(twin.invoke(calls, arguments)).request();
		SENT.clear();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> run(operations, door, arguments))
			.withMessageStartingWith(expected.operation() + " ");
		assertThat(SENT).hasSize(1);
		assertThat(SENT.get(0)).usingRecursiveComparison().isEqualTo(expected);
		assertThat(expected.operation()).isEqualTo(operation(door));
		assertThat(expected.headers().containsHeader("X-Option"))
			.isEqualTo(Arrays.asList(door.getParameterTypes()).contains(UnaryOperator.class)
					|| !(operations instanceof KintoTemplate || operations instanceof ReactiveKintoTemplate));
	}

	static Stream<Object[]> doors() {
		CollectionOperations<?> collection = BUCKET.collection("x");
		ReactiveCollectionOperations<?> reactiveCollection = REACTIVE_BUCKET.collection("x");
		return Stream.of(doors(KintoOperations.class, BLOCKING, CALLS),
				doors(ReactiveKintoOperations.class, REACTIVE, CALLS),
				doors(BucketOperations.class, BUCKET, BUCKET.calls()),
				doors(ReactiveBucketOperations.class, REACTIVE_BUCKET, REACTIVE_BUCKET.calls()),
				doors(CollectionOperations.class, collection, BUCKET.calls().collection("x")),
				doors(ReactiveCollectionOperations.class, reactiveCollection, BUCKET.calls().collection("x")),
				doors(PermissionOperations.class, BUCKET.permissions(), BUCKET.calls().permissions()),
				doors(ReactivePermissionOperations.class, REACTIVE_BUCKET.permissions(), BUCKET.calls().permissions()))
			.flatMap((doors) -> doors);
	}

	private static Stream<Object[]> doors(Class<?> type, Object operations, Object calls) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> !method.isSynthetic() && !isHandle(method))
			.map((method) -> new Object[] { type.getSimpleName() + "." + method.getName(), operations, calls, method });
	}

	private static boolean isHandle(Method method) {
		return List
			.of("calls", "id", "bucket", "collection", "permissions", "recordPermissions", "groupPermissions", "batch",
					"addAttachment", "downloadAttachment")
			.contains(method.getName());
	}

	private static String operation(Method door) {
		return (door.getDeclaringClass().getSimpleName().endsWith("PermissionOperations"))
				? door.getName() + "Permissions" : door.getName();
	}

	private static KintoCall<?> firstCall(Object call) {
		if (call instanceof KintoSequence<?> sequence) {
			return sequence.first();
		}
		if (call instanceof KintoParallelSequence.Unordered<?> parallel) {
			return firstCall(parallel.sequences());
		}
		return (call instanceof KintoFlow.Ask<?> flow) ? flow.call() : (KintoCall<?>) call;
	}

	private static void run(Object operations, Method door, Object[] arguments) throws Throwable {
		try {
			Object result = door.invoke(operations, arguments);
			assertThat(SENT).as("sent before it is wanted").isEmpty();
			if (result instanceof Stream<?> stream) {
				stream.findFirst();
			}
			assertThat(result).isInstanceOf(Publisher.class);
			Flux.from((Publisher<?>) result).blockLast();
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static Object sample(Type type) {
		if (type == String.class) {
			return "x";
		}
		if (type == String[].class) {
			return new String[] { "account:x" };
		}
		if (type == int.class) {
			return 2;
		}
		if (type == Duration.class) {
			return Duration.ofSeconds(1);
		}
		if (type == KintoTimestamp.class) {
			return KintoTimestamp.of(7);
		}
		if (type == KintoGroup.class) {
			return KintoGroup.of("account:x");
		}
		if (type instanceof ParameterizedType parameterized) {
			if (parameterized.getRawType() == KintoObject.class) {
				Object data = parameterized.toString().contains(KintoGroup.class.getName()) ? KintoGroup.of("account:x")
						: Map.of("a", 1);
				return new KintoObject<>("x", KintoTimestamp.of(5), data, KintoPermissions.none());
			}
			if (parameterized.getRawType() == UnaryOperator.class) {
				return (UnaryOperator<Object>) DoorTests::option;
			}
		}
		return Map.of("b", 2);
	}

	private static Object option(Object options) {
		if (options instanceof KintoWriteOptions write) {
			return write.header("X-Option", "1");
		}
		if (options instanceof KintoReadOptions read) {
			return read.header("X-Option", "1");
		}
		if (options instanceof KintoQuery query) {
			return query.header("X-Option", "1").where("a").is(1);
		}
		if (options instanceof KintoPermissions permissions) {
			return permissions.read("system.Everyone");
		}
		return (options instanceof KintoPatch patch) ? patch.add("/data/a", 1) : options;
	}

	private static KintoOptions header(KintoOptions options) {
		return options.header("X-Option", "of the bucket");
	}

	@Test
	void handlesHaveTheirIdTypeAndOptions() {
		SENT.clear();
		ParameterizedTypeReference<List<String>> type = new ParameterizedTypeReference<>() {
		};
		for (CollectionOperations<?> collection : List.of(BUCKET.collection("c"), BUCKET.collection("c", (o) -> o),
				BUCKET.collection("c", String.class), BUCKET.collection("c", String.class, (o) -> o),
				BUCKET.collection("c", type), BUCKET.collection("c", type, (o) -> o))) {
			assertThat(collection.id()).isEqualTo("c");
			assertHandle(collection.calls().getRecord("r").request());
		}
		for (ReactiveCollectionOperations<?> collection : List.of(REACTIVE_BUCKET.collection("c"),
				REACTIVE_BUCKET.collection("c", (o) -> o), REACTIVE_BUCKET.collection("c", String.class),
				REACTIVE_BUCKET.collection("c", String.class, (o) -> o), REACTIVE_BUCKET.collection("c", type),
				REACTIVE_BUCKET.collection("c", type, (o) -> o))) {
			assertThat(collection.id()).isEqualTo("c");
			assertHandle(collection.calls().getRecord("r").request());
		}
		for (BucketOperations bucket : List.of(BLOCKING.bucket("x"), BLOCKING.bucket("x", (o) -> o))) {
			assertPaths(bucket.calls().permissions(), bucket.permissions().calls(), "/buckets/x");
			assertPaths(bucket.calls().groupPermissions("g"), bucket.groupPermissions("g").calls(),
					"/buckets/x/groups/g");
			CollectionOperations<?> collection = bucket.collection("c");
			assertPaths(collection.calls().permissions(), collection.permissions().calls(), "/buckets/x/collections/c");
			assertPaths(collection.calls().recordPermissions("r"), collection.recordPermissions("r").calls(),
					"/buckets/x/collections/c/records/r");
		}
		for (ReactiveBucketOperations bucket : List.of(REACTIVE.bucket("x"), REACTIVE.bucket("x", (o) -> o))) {
			assertPaths(bucket.calls().permissions(), bucket.permissions().calls(), "/buckets/x");
			assertPaths(bucket.calls().groupPermissions("g"), bucket.groupPermissions("g").calls(),
					"/buckets/x/groups/g");
			ReactiveCollectionOperations<?> collection = bucket.collection("c");
			assertPaths(collection.calls().permissions(), collection.permissions().calls(), "/buckets/x/collections/c");
			assertPaths(collection.calls().recordPermissions("r"), collection.recordPermissions("r").calls(),
					"/buckets/x/collections/c/records/r");
		}
		assertThat(BLOCKING.bucket().id()).isEqualTo(REACTIVE.bucket().id()).isEqualTo("default");
		assertThat(BLOCKING.bucket("x").id()).isEqualTo(REACTIVE.bucket("x").id()).isEqualTo("x");
		assertThat(BLOCKING.calls()).isSameAs(REACTIVE.calls()).isSameAs(CALLS);
		assertThat(SENT).isEmpty();
	}

	private static void assertPaths(PermissionCalls calls, PermissionCalls behindTheDoors, String path) {
		assertThat(calls.get().request().path()).isEqualTo(path);
		assertThat(behindTheDoors.get().request().path()).isEqualTo(path);
	}

	private static void assertHandle(KintoRequest request) {
		assertThat(request.path()).isEqualTo("/buckets/x/collections/c/records/r");
		assertThat(request.headers().getFirst("X-Option")).isEqualTo("of the bucket");
	}

}
