package io.kintospring.embedded.junit;

import io.kintospring.embedded.EmbeddedKintoServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * JUnit Jupiter extension that starts an {@link EmbeddedKintoServer} before the first
 * test of a class, and stops it after the last one.
 * <p>
 * The extension removes all data and faults before each test. Nested classes share the
 * server of their enclosing class.
 * <p>
 * You can use it with {@link EmbeddedKinto}, or register it with a server that you
 * configure: <pre>
 * &#64;RegisterExtension
 * static KintoExtension kinto = new KintoExtension(EmbeddedKintoServer.builder().account("ann", "secret"));
 * </pre>
 */
public final class KintoExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(KintoExtension.class);

	private final EmbeddedKintoServer.@Nullable Builder builder;

	/**
	 * Create an extension whose server has the settings of {@link EmbeddedKinto}.
	 */
	public KintoExtension() {
		this.builder = null;
	}

	/**
	 * Create an extension whose server is configured by a builder.
	 * @param builder the builder
	 */
	public KintoExtension(EmbeddedKintoServer.Builder builder) {
		this.builder = builder;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		server(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		EmbeddedKintoServer server = server(context);
		server.faults().clear();
		server.flush();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == EmbeddedKintoServer.class;
	}

	@Override
	public EmbeddedKintoServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server(context);
	}

	private EmbeddedKintoServer server(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(EmbeddedKintoServer.class, (key) -> start(context), EmbeddedKintoServer.class);
	}

	private EmbeddedKintoServer start(ExtensionContext context) {
		if (this.builder != null) {
			return this.builder.start();
		}
		EmbeddedKintoServer.Builder configured = EmbeddedKintoServer.builder();
		AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EmbeddedKinto.class)
			.ifPresent((annotation) -> configure(configured, annotation));
		return configured.start();
	}

	private static void configure(EmbeddedKintoServer.Builder builder, EmbeddedKinto annotation) {
		builder.concurrency(annotation.concurrency(), annotation.concurrencySeed());
		for (String setting : annotation.settings()) {
			String[] parts = setting.split("=", 2);
			if (parts.length < 2) {
				throw new IllegalArgumentException(
						"A setting must be a name, an equals sign and a value, but was '%s'".formatted(setting));
			}
			builder.setting(parts[0].strip(), parts[1].strip());
		}
	}

}
