package io.kintospring.template;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.kintospring.protocol.AttachmentCalls;
import io.kintospring.protocol.AttributeCalls;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.ContainerCalls;
import io.kintospring.protocol.GroupCalls;
import io.kintospring.protocol.HistoryCalls;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.ObjectCalls;
import io.kintospring.protocol.PermissionCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each call has a blocking and a reactive operation of the same name and parameters.
 */
class ParityTests {

	/** Methods of operations without a corresponding call. */
	private static final Set<String> BEYOND_CALLS = Set.of("execute", "calls", "executor");

	private static final int MAX_METHODS = 35;

	static List<Class<?>[]> families() {
		return List.of(family(KintoCalls.class, KintoOperations.class, ReactiveKintoOperations.class),
				family(BucketCalls.class, BucketOperations.class, ReactiveBucketOperations.class),
				family(CollectionCalls.class, CollectionOperations.class, ReactiveCollectionOperations.class),
				family(ObjectCalls.class, ObjectOperations.class, ReactiveObjectOperations.class),
				family(ContainerCalls.class, ContainerOperations.class, ReactiveContainerOperations.class),
				family(GroupCalls.class, GroupOperations.class, ReactiveGroupOperations.class),
				family(AttributeCalls.class, AttributeOperations.class, ReactiveAttributeOperations.class),
				family(PermissionCalls.class, PermissionOperations.class, ReactivePermissionOperations.class),
				family(HistoryCalls.class, HistoryOperations.class, ReactiveHistoryOperations.class),
				family(AttachmentCalls.class, AttachmentOperations.class, ReactiveAttachmentOperations.class));
	}

	private static Class<?>[] family(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		return new Class<?>[] { calls, blocking, reactive };
	}

	@ParameterizedTest
	@MethodSource("families")
	void reactiveOperationsReturnPublishersOfBlockingResults(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		assertThat(signatures(reactive, UnaryOperator.identity()))
			.isEqualTo(signatures(blocking, ParityTests::reactiveReturnType));
	}

	@ParameterizedTest
	@MethodSource("families")
	void operationsMatchCalls(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		Set<String> operations = signatures(blocking, (type) -> "");
		operations.removeIf((signature) -> BEYOND_CALLS.contains(signature.replaceFirst("\\(.*", ""))
				|| signature.startsWith("batch(Stream"));
		Set<String> expected = signatures(calls, (type) -> "");
		expected.removeIf((signature) -> signature.matches("(with|listPages|options\\().*"));
		assertThat(operations).containsAll(expected);
		assertThat(expected).containsAll(operations);
	}

	@ParameterizedTest
	@MethodSource("families")
	void interfacesAreSmall(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		assertThat(methods(blocking)).hasSizeLessThanOrEqualTo(MAX_METHODS);
		assertThat(methods(reactive)).hasSizeLessThanOrEqualTo(MAX_METHODS);
	}

	private static List<String> methods(Class<?> type) {
		return Arrays.stream(type.getMethods()).map((method) -> signature(method, (result) -> "")).distinct().toList();
	}

	@Test
	void pagesMatch() {
		Map<String, String> reactiveTypes = Map.of("KintoPage<T>", "Mono<ReactiveKintoPage<T>>", "KintoPage<S>",
				"ReactiveKintoPage<S>");
		assertThat(signatures(ReactiveKintoPage.class, UnaryOperator.identity()))
			.isEqualTo(signatures(KintoPage.class, (type) -> reactiveTypes.getOrDefault(type, type)));
	}

	@Test
	void templatesMatch() {
		assertThat(signatures(ReactiveKintoTemplate.class, (type) -> ""))
			.isEqualTo(signatures(KintoTemplate.class, (type) -> ""));
		assertThat(ReactiveKintoTemplate.class.getConstructors()).hasSize(1)
			.extracting((constructor) -> Arrays.toString(constructor.getParameterTypes()))
			.containsExactly(Arrays.toString(KintoTemplate.class.getConstructors()[0].getParameterTypes()));
	}

	private static String reactiveReturnType(String type) {
		if (type.matches("\\w+Operations(<.*>)?") || type.equals("KintoExecutor")) {
			return "Reactive" + type;
		}
		if (type.matches("String|\\w+Calls(<T>)?")) {
			return type;
		}
		String result = type.replaceFirst("^Optional<(.*)>$", "$1").replaceFirst("^KintoPage<", "ReactiveKintoPage<");
		if (result.startsWith("Stream<")) {
			return result.replaceFirst("Stream", "Flux");
		}
		return Map.of("InputStream", "Flux<DataBuffer>", "long", "Mono<Long>")
			.getOrDefault(result, "Mono<" + result + ">");
	}

	private static Set<String> signatures(Class<?> type, UnaryOperator<String> returnType) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.map((method) -> signature(method, returnType))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String signature(Method method, UnaryOperator<String> returnType) {
		String parameters = Arrays.stream(method.getParameters())
			.map((parameter) -> simple(parameter.getParameterizedType()) + " " + parameter.getName())
			.map((parameter) -> parameter.replaceFirst("^Publisher<", "Stream<"))
			.collect(Collectors.joining(", "));
		return method.getName() + "(" + parameters + "): " + returnType.apply(simple(method.getGenericReturnType()));
	}

	private static String simple(Type type) {
		return type.getTypeName().replaceAll("\\b[a-z]\\w*\\.", "").replaceAll("\\w+\\$", "");
	}

}
