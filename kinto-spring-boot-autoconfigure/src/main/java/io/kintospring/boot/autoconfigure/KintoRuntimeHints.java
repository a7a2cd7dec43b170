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

/**
 * Runtime hints for the types of the client that Jackson binds, and for the bean methods
 * that {@link PropertiesKintoConnectionRegistrar} calls by reflection.
 */
class KintoRuntimeHints implements RuntimeHintsRegistrar {

	private final BindingReflectionHintsRegistrar bindingRegistrar = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		this.bindingRegistrar.registerReflectionHints(hints.reflection(), KintoAttachment.class, KintoGroup.class,
				KintoHistoryEntry.class, KintoPermissions.class, KintoPermissionEntry.class, KintoTimestamp.class,
				KintoServerInfo.class, KintoHeartbeat.class);
		hints.reflection().registerType(KintoAutoConfiguration.class, MemberCategory.INVOKE_DECLARED_METHODS);
	}

}
