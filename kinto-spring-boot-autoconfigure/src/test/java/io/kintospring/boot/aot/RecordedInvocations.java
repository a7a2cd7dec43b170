package io.kintospring.boot.aot;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsListener;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.context.event.EventListenerMethodProcessor;

/**
 * Invocations that the agent has recorded, and that the hints of this project must cover.
 * {@code RuntimeHintsRecorder} can record one thread only.
 */
@SuppressWarnings("removal")
final class RecordedInvocations {

	private static final String OWN = "io.kintospring.";

	/**
	 * Prefixes of the classes through which this project looks something up.
	 */
	private static final List<String> LOOKUPS = List.of("java.", "jdk.", "org.springframework.util.",
			"org.springframework.core.io.", "org.springframework.boot.context.properties.bind.");

	/**
	 * Methods that use what another invocation has found.
	 */
	private static final Set<String> USES = Set.of("invoke", "newInstance", "get", "set");

	private final List<RecordedInvocation> invocations;

	private RecordedInvocations(List<RecordedInvocation> invocations) {
		this.invocations = invocations;
	}

	static RecordedInvocations of(Runnable action) {
		Queue<RecordedInvocation> recorded = new ConcurrentLinkedQueue<>();
		RecordedInvocationsListener listener = recorded::add;
		RecordedInvocationsPublisher.addListener(listener);
		try {
			action.run();
		}
		finally {
			RecordedInvocationsPublisher.removeListener(listener);
		}
		return new RecordedInvocations(
				recorded.stream().filter(RecordedInvocations::hasResult).filter(RecordedInvocations::isOwn).toList());
	}

	/**
	 * Return whether an invocation has found something. If there is nothing to find, as
	 * for an optional class or file, there is nothing to register.
	 */
	private static boolean hasResult(RecordedInvocation invocation) {
		return USES.contains(invocation.getMethodReference().getMethodName()) || invocation.getReturnValue() != null;
	}

	/**
	 * Return whether an invocation reflects on a type of this project, or looks something
	 * up for it. Spring looks for event listeners in all beans. Those that are defined at
	 * run time have none, and annotations are available in a native image.
	 */
	private static boolean isOwn(RecordedInvocation invocation) {
		Class<?> type = type(invocation);
		if (frames(invocation).anyMatch(EventListenerMethodProcessor.class.getName()::equals)) {
			return false;
		}
		if (type == null || (!isOwn(type.getName()) && !type.getName().startsWith("java."))) {
			return isOwn(caller(invocation));
		}
		return isOwn(type.getName()) && !type.isAnnotation();
	}

	/**
	 * Return the name of the class that has started a lookup.
	 */
	private static String caller(RecordedInvocation invocation) {
		return frames(invocation).filter((frame) -> LOOKUPS.stream().noneMatch(frame::startsWith))
			.findFirst()
			.orElse("");
	}

	private static boolean isOwn(String name) {
		return name.startsWith(OWN);
	}

	private static @Nullable Class<?> type(RecordedInvocation invocation) {
		Object subject = invocation.isStatic() ? invocation.getReturnValue() : invocation.getInstance();
		if (subject instanceof ClassLoader) {
			subject = invocation.getReturnValue();
		}
		if (subject instanceof Member member) {
			return member.getDeclaringClass();
		}
		return (subject instanceof Class<?> type) ? type : null;
	}

	private static Stream<String> frames(RecordedInvocation invocation) {
		return invocation.getStackFrames().map(StackFrame::getClassName);
	}

	/**
	 * Return the types that were reflected on.
	 */
	Set<Class<?>> types() {
		Set<Class<?>> types = new HashSet<>();
		for (RecordedInvocation invocation : this.invocations) {
			Class<?> type = type(invocation);
			if (type != null) {
				types.add(type);
			}
		}
		return types;
	}

	/**
	 * Return what each invocation without a matching hint needs.
	 */
	Set<String> missing(RuntimeHints hints) {
		return this.invocations.stream()
			.filter((invocation) -> !matches(invocation, hints))
			.map(RecordedInvocations::describe)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static boolean matches(RecordedInvocation invocation, RuntimeHints hints) {
		Class<?> type = type(invocation);
		// hints cannot name a lambda expression
		return (type == null || type.getCanonicalName() != null) && invocation.matches(hints);
	}

	private static String describe(RecordedInvocation invocation) {
		Class<?> type = type(invocation);
		String subject = (type != null) ? type.getName() : String.valueOf(invocation.getArguments().get(0));
		return subject + " for " + invocation.getMethodReference().getMethodName();
	}

}
