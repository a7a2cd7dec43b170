package io.kintospring.template;

import java.util.function.UnaryOperator;

import io.kintospring.KintoPermissions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.PermissionCalls;

/**
 * The doors of permissions: each makes a call and lets the client run it.
 */
final class DefaultPermissionOperations implements PermissionOperations {

	private final KintoClient client;

	private final PermissionCalls calls;

	DefaultPermissionOperations(KintoClient client, PermissionCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public KintoPermissions get() {
		return this.client.await(this.calls.get());
	}

	@Override
	public KintoPermissions set(UnaryOperator<KintoPermissions> permissions) {
		return this.client.await(this.calls.set(permissions));
	}

	@Override
	public KintoPermissions clear() {
		return this.client.await(this.calls.clear());
	}

	@Override
	public KintoPermissions grant(UnaryOperator<KintoPermissions> permissions) {
		return this.client.await(this.calls.grant(permissions));
	}

	@Override
	public KintoPermissions revoke(UnaryOperator<KintoPermissions> permissions) {
		return this.client.await(this.calls.revoke(permissions));
	}

	@Override
	public PermissionCalls calls() {
		return this.calls;
	}

}
