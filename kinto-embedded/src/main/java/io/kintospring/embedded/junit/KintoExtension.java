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
 * Starts a server before the first test of a class, removes all data and faults before
 * each test, and stops the server after the last one. Used by {@link EmbeddedKinto}, or
 * with a server of one's own: <pre>
 * &#64;RegisterExtension
 * static KintoExtension kinto = new KintoExtension(EmbeddedKintoServer.builder().account("ann", "secret"));
 * </pre>
 * <p>
 * Nested classes use the server of the class around them.
 */
public final class KintoExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(KintoExtension.class);

	private final EmbeddedKintoServer.@Nullable Builder builder;

	/**
	 * Creates one whose server has the settings of {@link EmbeddedKinto}.
	 */
	public KintoExtension() {
		this.builder = null;
	}

	/**
	 * Creates one.
	 * @param builder what starts the server
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
			.ifPresent((annotation) -> configure(configured, annotation.settings()));
		return configured.start();
	}

	private static void configure(EmbeddedKintoServer.Builder builder, String[] settings) {
		for (String setting : settings) {
			String[] parts = setting.split("=", 2);
			if (parts.length < 2) {
				throw new IllegalArgumentException("'%s' is not a setting and its value".formatted(setting));
			}
			builder.setting(parts[0].strip(), parts[1].strip());
		}
	}

}
