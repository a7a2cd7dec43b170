package io.kintospring.template;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.PermissionCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each call has a blocking and a reactive door of the same name and parameters, and there
 * is no door without a call.
 */
class ParityTests {

	/** What only doors have. */
	private static final String CALLS = "calls(): ";

	@ParameterizedTest
	@MethodSource("trees")
	void blockingDoorsAreThoseOfTheCalls(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		assertTwins(doors(calls, ParityTests::blockingReturnType), signatures(blocking, UnaryOperator.identity()));
	}

	@ParameterizedTest
	@MethodSource("trees")
	void reactiveDoorsAreThoseOfTheCalls(Class<?> calls, Class<?> blocking, Class<?> reactive) {
		assertTwins(doors(calls, ParityTests::reactiveReturnType), signatures(reactive, UnaryOperator.identity()));
	}

	static List<Object[]> trees() {
		return List.of(new Object[] { KintoCalls.class, KintoOperations.class, ReactiveKintoOperations.class },
				new Object[] { BucketCalls.class, BucketOperations.class, ReactiveBucketOperations.class },
				new Object[] { CollectionCalls.class, CollectionOperations.class, ReactiveCollectionOperations.class },
				new Object[] { PermissionCalls.class, PermissionOperations.class, ReactivePermissionOperations.class });
	}

	@Test
	void pagesAreTwins() {
		assertThat(signatures(ReactiveKintoPage.class, UnaryOperator.identity())).isEqualTo(signatures(KintoPage.class,
				(type) -> type.equals("KintoPage<T>") ? "Mono<ReactiveKintoPage<T>>" : type));
	}

	@Test
	void templatesAreTwins() {
		assertThat(namesBeyond(ReactiveKintoOperations.class, ReactiveKintoTemplate.class))
			.isEqualTo(namesBeyond(KintoOperations.class, KintoTemplate.class));
		assertThat(ReactiveKintoTemplate.class.getConstructors()).hasSize(1)
			.extracting((constructor) -> Arrays.toString(constructor.getParameterTypes()))
			.containsExactly(Arrays.toString(KintoTemplate.class.getConstructors()[0].getParameterTypes()));
	}

	private static void assertTwins(Set<String> expected, Set<String> actual) {
		assertThat(expected).as("calls, each of which must have this door").isSubsetOf(actual);
		assertThat(actual).as("doors, each of which must have its call").isSubsetOf(expected);
	}

	private static Set<String> doors(Class<?> calls, UnaryOperator<String> returnType) {
		Set<String> doors = signatures(calls, returnType);
		doors.add(CALLS + simple(calls.getSimpleName() + typeParameters(calls.getTypeParameters())));
		return doors;
	}

	private static String blockingReturnType(String type) {
		return type.replaceFirst("^(?:KintoCall|KintoFlow)<ListResult<(.*)>>$", "KintoPage<$1>")
			.replaceFirst("^KintoCall<Optional<ListResult<(.*)>>>$", "Optional<KintoPage<$1>>")
			.replaceFirst("^KintoCall<Long>$", "long")
			.replaceFirst("^(KintoCall|KintoFlow)<(.*)>$", "$2")
			.replaceFirst("^Kinto(Parallel)?Sequence<(.*)>$", "Stream<$2>")
			.replaceFirst("^KintoBatch$", "BatchResult")
			.replaceFirst("^KintoDownload$", "InputStream")
			.replaceFirst("^(Bucket|Collection|Permission)Calls", "$1Operations");
	}

	private static String reactiveReturnType(String type) {
		return type.replaceFirst("^(?:KintoCall|KintoFlow)<ListResult<(.*)>>$", "Mono<ReactiveKintoPage<$1>>")
			.replaceFirst("^KintoCall<Optional<ListResult<(.*)>>>$", "Mono<ReactiveKintoPage<$1>>")
			.replaceFirst("^KintoCall<Optional<(.*)>>$", "Mono<$1>")
			.replaceFirst("^(KintoCall|KintoFlow)<(.*)>$", "Mono<$2>")
			.replaceFirst("^Kinto(Parallel)?Sequence<(.*)>$", "Flux<$2>")
			.replaceFirst("^KintoBatch$", "Mono<BatchResult>")
			.replaceFirst("^KintoDownload$", "Flux<DataBuffer>")
			.replaceFirst("^(Bucket|Collection|Permission)Calls", "Reactive$1Operations");
	}

	private static Set<String> signatures(Class<?> type, UnaryOperator<String> returnType) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !isSetting(type, method))
			.map((method) -> signature(method, returnType))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** What makes other calls is asked of the builder of templates. */
	private static boolean isSetting(Class<?> type, Method method) {
		return type == KintoCalls.class && method.getReturnType() == type;
	}

	private static Set<String> namesBeyond(Class<?> operations, Class<?> template) {
		Set<String> declared = signatures(operations, (type) -> "");
		Set<String> all = signatures(template, (type) -> "");
		all.removeAll(declared);
		return all;
	}

	private static String signature(Method method, UnaryOperator<String> returnType) {
		String parameters = Arrays.stream(method.getParameters())
			.map((parameter) -> simple(parameter.getParameterizedType()) + " " + parameter.getName())
			.collect(Collectors.joining(", "));
		return typeParameters(method.getTypeParameters()) + method.getName() + "(" + parameters + "): "
				+ returnType.apply(simple(method.getGenericReturnType()));
	}

	private static String typeParameters(TypeVariable<?>[] variables) {
		return (variables.length == 0) ? ""
				: Arrays.stream(variables).map(TypeVariable::getName).collect(Collectors.joining(", ", "<", ">"));
	}

	private static String simple(Type type) {
		return simple(type.getTypeName());
	}

	private static String simple(String name) {
		return name.replaceAll("\\b[a-z]\\w*\\.", "");
	}

}
