package io.kintospring.boot.autoconfigure;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;

/**
 * Runtime hints for the types of the client that Jackson binds, for the properties that
 * {@link KintoBootstrapConnection} binds, and for the bean methods that
 * {@link PropertiesKintoConnectionRegistrar} calls by reflection.
 */
class KintoRuntimeHints implements RuntimeHintsRegistrar {

	private final BindingReflectionHintsRegistrar bindingRegistrar = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		this.bindingRegistrar.registerReflectionHints(hints.reflection(), KintoAttachment.class, KintoGroup.class,
				KintoHistoryEntry.class, KintoPermissions.class, KintoPermissionEntry.class, KintoTimestamp.class,
				KintoServerInfo.class, KintoHeartbeat.class);
		BindableRuntimeHintsRegistrar
			.forTypes(KintoProperties.class, KintoConfigProperties.class, HttpClientsProperties.class,
					SslProperties.class)
			.registerHints(hints);
		hints.reflection().registerType(KintoAutoConfiguration.class, MemberCategory.INVOKE_DECLARED_METHODS);
	}

}
