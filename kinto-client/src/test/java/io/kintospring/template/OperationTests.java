package io.kintospring.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoChangeOptions;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import io.kintospring.protocol.PermissionCalls;
import io.kintospring.query.KintoQuery;
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
 * Each operation sends the call with the same name and parameters.
 */
class OperationTests {

	private static final String RANDOM_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

	private static final List<KintoRequest> SENT = new CopyOnWriteArrayList<>();

	private static final Mono<KintoResponse> REFUSED = Mono.error(new IllegalStateException("no server"));

	private static Mono<KintoResponse> response = REFUSED;

	private static final KintoClient CLIENT = KintoClient.builder((request) -> {
		SENT.add(request);
		return response;
	}).build();

	private static final KintoCalls CALLS = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");

	private static final KintoTemplate BLOCKING = new KintoTemplate(CLIENT, CALLS);

	private static final ReactiveKintoTemplate REACTIVE = new ReactiveKintoTemplate(CLIENT, CALLS);

	private static final BucketOperations BUCKET = BLOCKING.bucket("x", OperationTests::header);

	private static final ReactiveBucketOperations REACTIVE_BUCKET = REACTIVE.bucket("x", OperationTests::header);

	/**
	 * With cached capabilities, operations of plugins send their own request first.
	 */
	@BeforeAll
	static void cacheCapabilities() {
		String info = "{\"http_api_version\":\"1.23\",\"capabilities\":{\"accounts\":{},\"history\":{},"
				+ "\"permissions_endpoint\":{},\"attachments\":{}}}";
		response = Mono.just(new KintoResponse(200, new HttpHeaders(), info.getBytes(StandardCharsets.UTF_8)));
		CLIENT.blocking().execute(CALLS.fetchServerInfo());
		response = REFUSED;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void operationSendsItsCall(String name, Object operations, Object calls, Method operation, Object data)
			throws Exception {
		Object[] arguments = Arrays.stream(operation.getGenericParameterTypes())
			.map((type) -> sample(type, data))
			.toArray();
		Method twin = calls.getClass().getMethod(callName(operation), operation.getParameterTypes());
		KintoRequest expected = firstCall(twin.invoke(calls, arguments)).request();
		SENT.clear();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> run(operations, operation, arguments))
			.withMessageStartingWith(expected.operation() + " ");
		assertThat(SENT).hasSize(1);
		assertThat(SENT.get(0)).usingRecursiveComparison()
			.withEqualsForFields(OperationTests::isSamePath, "path")
			.isEqualTo(expected);
		assertThat(expected.headers().containsHeader("X-Option"))
			.isEqualTo(operation.isVarArgs() || !name.startsWith("All"));
	}

	/** An object without an id gets a random one. */
	private static boolean isSamePath(Object one, Object other) {
		return one.toString().replaceFirst(RANDOM_ID, "").equals(other.toString().replaceFirst(RANDOM_ID, ""));
	}

	/** A page of the template can consist of several pages of the server. */
	private static String callName(Method operation) {
		boolean page = operation.getName().equals("list")
				&& !operation.getDeclaringClass().getSimpleName().endsWith("HistoryOperations");
		return page ? "listPages" : operation.getName();
	}

	static Stream<Object[]> operations() {
		BucketCalls calls = BUCKET.calls();
		CollectionCalls<?> collection = calls.collection("x");
		Map<String, Object> data = Map.of("b", 2);
		return Stream
			.of(operations("All", KintoOperations.class, BLOCKING, ReactiveKintoOperations.class, REACTIVE, CALLS,
					data),
					operations("All", ContainerOperations.class, BLOCKING.buckets(), ReactiveContainerOperations.class,
							REACTIVE.buckets(), CALLS.buckets(), data),
					operations("", ContainerOperations.class, BUCKET.collections(), ReactiveContainerOperations.class,
							REACTIVE_BUCKET.collections(), calls.collections(), data),
					operations("", CollectionOperations.class, BUCKET.collection("x"),
							ReactiveCollectionOperations.class, REACTIVE_BUCKET.collection("x"), collection, data),
					operations("", GroupOperations.class, BUCKET.groups(), ReactiveGroupOperations.class,
							REACTIVE_BUCKET.groups(), calls.groups(), KintoGroup.of("account:x")),
					operations("", PermissionOperations.class, BUCKET.permissions(), ReactivePermissionOperations.class,
							REACTIVE_BUCKET.permissions(), calls.permissions(), data),
					operations("", AttributeOperations.class, BUCKET.attributes(), ReactiveAttributeOperations.class,
							REACTIVE_BUCKET.attributes(), calls.attributes(), data),
					operations("", HistoryOperations.class, BUCKET.history(), ReactiveHistoryOperations.class,
							REACTIVE_BUCKET.history(), calls.history(), data),
					operations("", AttachmentOperations.class, BUCKET.collection("x").attachments(),
							ReactiveAttachmentOperations.class, REACTIVE_BUCKET.collection("x").attachments(),
							collection.attachments(), data))
			.flatMap((arguments) -> arguments);
	}

	private static Stream<Object[]> operations(String level, Class<?> blocking, Object operations, Class<?> reactive,
			Object reactiveOperations, Object calls, Object data) {
		return Stream.concat(operations(level, blocking, operations, calls, data),
				operations(level, reactive, reactiveOperations, calls, data));
	}

	private static Stream<Object[]> operations(String level, Class<?> type, Object operations, Object calls,
			Object data) {
		return Arrays.stream(type.getMethods())
			.filter((method) -> !method.isSynthetic() && !isHandle(method))
			.map((method) -> new Object[] { level + type.getSimpleName() + "." + method.getName(), operations, calls,
					method, data });
	}

	private static boolean isHandle(Method method) {
		return method.getReturnType().getSimpleName().endsWith("Operations")
				|| List.of("calls", "executor", "execute", "id", "batch", "add", "download").contains(method.getName());
	}

	private static KintoCall<?> firstCall(Object call) {
		if (call instanceof KintoSequence<?> sequence) {
			return sequence.first();
		}
		if (call instanceof KintoParallelSequence.Unordered<?> parallel) {
			return firstCall(parallel.sequences());
		}
		if (call instanceof KintoFlow.Exclusive<?> exclusive) {
			return firstCall(exclusive.flow());
		}
		return (call instanceof KintoFlow.Ask<?> flow) ? flow.call() : (KintoCall<?>) call;
	}

	private static void run(Object operations, Method operation, Object[] arguments) throws Throwable {
		try {
			Object result = operation.invoke(operations, arguments);
			assertThat(SENT).as("sent before the subscription").isEmpty();
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

	private static Object sample(Type type, Object data) {
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
		if (type == KintoCheckpoint.class) {
			return KintoCheckpoint.of(KintoTimestamp.of(7));
		}
		if (type == KintoChangeOptions.Customizer[].class) {
			return new KintoChangeOptions.Customizer[] { (options) -> options.header("X-Option", "1") };
		}
		if (type == KintoWriteOptions.Customizer[].class) {
			return new KintoWriteOptions.Customizer[] { (options) -> options.header("X-Option", "1") };
		}
		if (type == KintoReadOptions.Customizer[].class) {
			return new KintoReadOptions.Customizer[] { (options) -> options.header("X-Option", "1") };
		}
		if (type == KintoQuery.Customizer.class) {
			return (KintoQuery.Customizer) (query) -> query.header("X-Option", "1");
		}
		if (type == KintoQuery.Customizer[].class) {
			return new KintoQuery.Customizer[] { (query) -> query.header("X-Option", "1").where("a").is(1) };
		}
		if (type instanceof ParameterizedType parameterized) {
			if (parameterized.getRawType() == KintoObject.class) {
				return new KintoObject<>("x", KintoTimestamp.of(5), data, KintoPermissions.none());
			}
			if (parameterized.getRawType() == UnaryOperator.class) {
				return (UnaryOperator<Object>) OperationTests::option;
			}
		}
		return (type instanceof TypeVariable<?>) ? data : Map.of("b", 2);
	}

	private static Object option(Object options) {
		if (options instanceof KintoPermissions permissions) {
			return permissions.read("system.Everyone");
		}
		return (options instanceof KintoPatch patch) ? patch.add("/data/a", 1) : options;
	}

	private static KintoOptions header(KintoOptions options) {
		return options.header("X-Option", "of the bucket");
	}

	@Test
	void handlesHaveIdTypeAndOptions() {
		SENT.clear();
		ParameterizedTypeReference<List<String>> type = new ParameterizedTypeReference<>() {
		};
		for (CollectionOperations<?> collection : List.of(BUCKET.collection("c"), BUCKET.collection("c", (o) -> o),
				BUCKET.collection("c", String.class), BUCKET.collection("c", String.class, (o) -> o),
				BUCKET.collection("c", type), BUCKET.collection("c", type, (o) -> o))) {
			assertThat(collection.id()).isEqualTo("c");
			assertHandle(collection.calls().get("r").request());
		}
		for (ReactiveCollectionOperations<?> collection : List.of(REACTIVE_BUCKET.collection("c"),
				REACTIVE_BUCKET.collection("c", (o) -> o), REACTIVE_BUCKET.collection("c", String.class),
				REACTIVE_BUCKET.collection("c", String.class, (o) -> o), REACTIVE_BUCKET.collection("c", type),
				REACTIVE_BUCKET.collection("c", type, (o) -> o))) {
			assertThat(collection.id()).isEqualTo("c");
			assertHandle(collection.calls().get("r").request());
		}
		for (BucketOperations bucket : List.of(BLOCKING.bucket("x"), BLOCKING.bucket("x", (o) -> o))) {
			assertPaths(bucket.calls().permissions(), bucket.permissions().calls(), "/buckets/x");
			assertPaths(bucket.calls().groups().permissions("g"), bucket.groups().permissions("g").calls(),
					"/buckets/x/groups/g");
			CollectionOperations<?> collection = bucket.collection("c");
			assertPaths(collection.calls().permissions(), collection.permissions().calls(), "/buckets/x/collections/c");
			assertPaths(collection.calls().permissions("r"), collection.permissions("r").calls(),
					"/buckets/x/collections/c/records/r");
		}
		for (ReactiveBucketOperations bucket : List.of(REACTIVE.bucket("x"), REACTIVE.bucket("x", (o) -> o))) {
			assertPaths(bucket.calls().permissions(), bucket.permissions().calls(), "/buckets/x");
			assertPaths(bucket.calls().groups().permissions("g"), bucket.groups().permissions("g").calls(),
					"/buckets/x/groups/g");
			ReactiveCollectionOperations<?> collection = bucket.collection("c");
			assertPaths(collection.calls().permissions(), collection.permissions().calls(), "/buckets/x/collections/c");
			assertPaths(collection.calls().permissions("r"), collection.permissions("r").calls(),
					"/buckets/x/collections/c/records/r");
		}
		assertThat(BLOCKING.bucket().id()).isEqualTo(REACTIVE.bucket().id()).isEqualTo("default");
		assertThat(BLOCKING.bucket("x").id()).isEqualTo(REACTIVE.bucket("x").id()).isEqualTo("x");
		assertThat(BLOCKING.calls()).isSameAs(REACTIVE.calls()).isSameAs(CALLS);
		assertThat(SENT).isEmpty();
	}

	private static void assertPaths(PermissionCalls calls, PermissionCalls ofOperations, String path) {
		assertThat(calls.get().request().path()).isEqualTo(path);
		assertThat(ofOperations.get().request().path()).isEqualTo(path);
	}

	private static void assertHandle(KintoRequest request) {
		assertThat(request.path()).isEqualTo("/buckets/x/collections/c/records/r");
		assertThat(request.headers().getFirst("X-Option")).isEqualTo("of the bucket");
	}

}
