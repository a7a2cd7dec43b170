package io.kintospring.boot.aot;

import java.util.Map;
import java.util.stream.Stream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConfigProperties;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.endpoint.KintoEndpoint;
import io.kintospring.embedded.EmbeddedKintoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

class RuntimeHintsTests {

	private final RuntimeHints hints = registered(getClass().getClassLoader());

	@ParameterizedTest
	@ValueSource(classes = { KintoAttachment.class, KintoGroup.class, KintoHistoryEntry.class,
			KintoHistoryEntry.Target.class, KintoTimestamp.class })
	void jacksonCanBindProtocolTypes(Class<?> type) {
		assertThat(reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
			.accepts(this.hints);
		assertThat(Stream.of(type.getRecordComponents()))
			.allSatisfy((component) -> assertThat(reflection().onMethodInvocation(component.getAccessor()))
				.accepts(this.hints));
	}

	@Test
	void jacksonCanCallFactoryMethodsOfValueTypes() throws NoSuchMethodException {
		assertThat(reflection().onMethodInvocation(KintoTimestamp.class.getMethod("of", long.class)))
			.accepts(this.hints);
		assertThat(reflection().onMethodInvocation(KintoPermissions.class.getMethod("of", Map.class)))
			.accepts(this.hints);
		assertThat(reflection().onMethodInvocation(KintoPermissions.class.getMethod("asMap"))).accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kintoClient", "kintoTemplate", "reactiveKintoTemplate" })
	void registrarCanInvokeBeanMethods(String method) {
		assertThat(Stream.of(KintoAutoConfiguration.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(method))).singleElement()
			.satisfies((found) -> assertThat(reflection().onMethodInvocation(found)).accepts(this.hints));
	}

	@ParameterizedTest
	@ValueSource(classes = { KintoProperties.class, KintoConfigProperties.class, KintoConfigProperties.Watch.class })
	void importCanBindProperties(Class<?> type) throws NoSuchMethodException {
		assertThat(reflection().onConstructorInvocation(type.getDeclaredConstructor())).accepts(this.hints);
		assertThat(Stream.of(type.getDeclaredMethods()).filter((method) -> method.getName().startsWith("set")))
			.isNotEmpty()
			.allSatisfy((setter) -> assertThat(reflection().onMethodInvocation(setter)).accepts(this.hints));
	}

	@ParameterizedTest
	@ValueSource(classes = { KintoEndpoint.KintoDescriptor.class, KintoEndpoint.ServerDescriptor.class,
			KintoEndpoint.SettingsDescriptor.class, KintoEndpoint.SignalDescriptor.class,
			KintoEndpoint.ServerInfoDescriptor.class })
	void jacksonCanWriteDescriptorsOfTheEndpoint(Class<?> type) {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, KintoEndpoint.class);
		assertThat(Stream.of(type.getRecordComponents())).allSatisfy(
				(component) -> assertThat(reflection().onMethodInvocation(component.getAccessor())).accepts(hints));
	}

	@Test
	void embeddedServerHasHints() {
		assertThat(reflection().onType(EmbeddedKintoServer.class)).accepts(this.hints);
	}

	@Test
	void defaultLocationOfDefinitionsHasHint() {
		assertThat(resource().forResource("kinto.yaml")).accepts(this.hints);
	}

	@Test
	void missingEmbeddedServerHasNoHints() {
		RuntimeHints without = registered(new FilteredClassLoader(EmbeddedKintoServer.class));
		assertThat(reflection().onType(EmbeddedKintoServer.class)).rejects(without);
		assertThat(reflection().onType(KintoGroup.class)).accepts(without);
	}

	/**
	 * Register the hints of the registrars in {@code aot.factories}, as ahead-of-time
	 * processing does.
	 */
	private static RuntimeHints registered(ClassLoader classLoader) {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories(classLoader)
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.kintospring."))
			.forEach((registrar) -> registrar.registerHints(hints, classLoader));
		return hints;
	}

}
