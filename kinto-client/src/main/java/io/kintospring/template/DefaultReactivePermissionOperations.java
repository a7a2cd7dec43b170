package io.kintospring.template;

import java.util.function.UnaryOperator;

import io.kintospring.KintoPermissions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.PermissionCalls;
import reactor.core.publisher.Mono;

/**
 * The doors of permissions: each makes a call and lets the client run it.
 */
final class DefaultReactivePermissionOperations implements ReactivePermissionOperations {

	private final KintoClient client;

	private final PermissionCalls calls;

	DefaultReactivePermissionOperations(KintoClient client, PermissionCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public Mono<KintoPermissions> get() {
		return Mono.defer(() -> this.client.execute(this.calls.get()));
	}

	@Override
	public Mono<KintoPermissions> set(UnaryOperator<KintoPermissions> permissions) {
		return Mono.defer(() -> this.client.execute(this.calls.set(permissions)));
	}

	@Override
	public Mono<KintoPermissions> clear() {
		return Mono.defer(() -> this.client.execute(this.calls.clear()));
	}

	@Override
	public Mono<KintoPermissions> grant(UnaryOperator<KintoPermissions> permissions) {
		return Mono.defer(() -> this.client.execute(this.calls.grant(permissions)));
	}

	@Override
	public Mono<KintoPermissions> revoke(UnaryOperator<KintoPermissions> permissions) {
		return Mono.defer(() -> this.client.execute(this.calls.revoke(permissions)));
	}

	@Override
	public PermissionCalls calls() {
		return this.calls;
	}

}
