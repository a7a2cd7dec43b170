package io.kintospring.query;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Resolves the method of a reference. Kotlin compiles a property reference to a lambda
 * expression that captures the property.
 */
final class PropertyReferenceResolver {

	private static final String KOTLIN_REFERENCE = "kotlin.jvm.internal.CallableReference";

	private static final String EXPECTED = "A property must be a method reference such as Post::author";

	private PropertyReferenceResolver() {
	}

	static <R> R resolve(Serializable reference, BiFunction<Class<?>, String, R> result) {
		SerializedLambda lambda = lambda(reference);
		String method = (lambda != null) ? method(lambda) : null;
		if (lambda != null && method != null) {
			return result.apply(dataType(lambda, reference.getClass().getClassLoader()), method);
		}
		throw new IllegalArgumentException((lambda != null) ? EXPECTED + ", not a lambda expression, which has no name"
				: EXPECTED + ", not an object of a class");
	}

	private static @Nullable SerializedLambda lambda(Serializable reference) {
		Method method = ReflectionUtils.findMethod(reference.getClass(), "writeReplace");
		if (method == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(method);
		return (ReflectionUtils.invokeMethod(method, reference) instanceof SerializedLambda lambda) ? lambda : null;
	}

	private static @Nullable String method(SerializedLambda lambda) {
		if (lambda.getCapturedArgCount() == 1) {
			return kotlinMethod(lambda.getCapturedArg(0));
		}
		boolean named = lambda.getCapturedArgCount() == 0
				&& lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
				&& !lambda.getImplMethodName().startsWith("lambda$");
		return named ? lambda.getImplMethodName() : null;
	}

	/**
	 * Return the JVM method, whose name can differ from that of the property.
	 */
	private static @Nullable String kotlinMethod(@Nullable Object captured) {
		Class<?> type = (captured != null) ? captured.getClass() : null;
		while (type != null && !type.getName().equals(KOTLIN_REFERENCE)) {
			type = type.getSuperclass();
		}
		if (type == null) {
			return null;
		}
		Method getter = ClassUtils.getMethod(type, "getSignature");
		String signature = String.valueOf(ReflectionUtils.invokeMethod(getter, captured));
		return signature.contains("(") ? signature.substring(0, signature.indexOf('(')) : signature;
	}

	/**
	 * Return the type of the data. A supertype may declare the method without all
	 * annotations.
	 */
	private static Class<?> dataType(SerializedLambda lambda, ClassLoader classLoader) {
		return MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), classLoader).parameterType(0);
	}

}
