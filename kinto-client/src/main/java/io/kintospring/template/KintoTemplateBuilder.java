package io.kintospring.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.kintospring.KintoOptions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builder for a template that owns its client. Not thread-safe.
 *
 * @param <T> the type of the template
 * @see KintoTemplate#builder(String)
 * @see ReactiveKintoTemplate#builder(String)
 */
public final class KintoTemplateBuilder<T> {

	private final BiFunction<KintoClient, KintoCalls, T> template;

	private final KintoClient.Builder client;

	private final @Nullable KintoClient original;

	private final KintoCalls calls;

	private final List<UnaryOperator<KintoCalls>> changes = new ArrayList<>();

	KintoTemplateBuilder(BiFunction<KintoClient, KintoCalls, T> template, KintoClient.Builder client) {
		this.template = template;
		this.client = client;
		this.original = null;
		this.calls = KintoCalls.defaults();
	}

	KintoTemplateBuilder(BiFunction<KintoClient, KintoCalls, T> template, KintoClient original, KintoCalls calls) {
		this.template = template;
		this.client = original.mutate();
		this.original = original;
		this.calls = calls;
	}

	/**
	 * Set the server. If the scheme, host or port changes, the builder drops what was
	 * meant for the first server, unless you set it on this builder: the credentials, the
	 * headers, and the settings that {@link KintoClient.Builder#url(String)} lists.
	 * @param url the root of the server's API
	 * @return this builder
	 * @throws IllegalArgumentException if the URL is not valid
	 */
	public KintoTemplateBuilder<T> url(String url) {
		return client((client) -> client.url(url));
	}

	/**
	 * Set the authentication.
	 * @param authentication provides the credentials for each request
	 * @return this builder
	 */
	public KintoTemplateBuilder<T> authentication(KintoAuthentication authentication) {
		return client((client) -> client.authentication(authentication));
	}

	/**
	 * Change how calls are run, such as the timeout, the transport or the signal
	 * listener.
	 * @param client changes the settings of the client
	 * @return this builder
	 */
	public KintoTemplateBuilder<T> client(Consumer<KintoClient.Builder> client) {
		client.accept(this.client);
		return this;
	}

	/**
	 * Set the default bucket.
	 * @param id the id of the bucket
	 * @return this builder
	 * @throws IllegalArgumentException if the id is not valid
	 */
	public KintoTemplateBuilder<T> defaultBucket(String id) {
		KintoCalls.requireBucketId(id);
		return change((calls) -> calls.withDefaultBucket(id));
	}

	/**
	 * Set options that all operations inherit.
	 * @param options a function that adds to the options of the template
	 * @return this builder
	 */
	public KintoTemplateBuilder<T> options(UnaryOperator<KintoOptions> options) {
		return change((calls) -> calls.withOptions(options));
	}

	/**
	 * Set the mapper that binds data. The default is {@code JsonMapper.shared()}.
	 * @param mapper the mapper
	 * @return this builder
	 */
	public KintoTemplateBuilder<T> jsonMapper(JsonMapper mapper) {
		return change((calls) -> calls.withMapper(mapper));
	}

	private KintoTemplateBuilder<T> change(UnaryOperator<KintoCalls> change) {
		this.changes.add(change);
		return this;
	}

	/**
	 * Build the template.
	 * @return the template
	 */
	public T build() {
		KintoClient built = this.client.build();
		return this.template.apply(built, calls(built));
	}

	private KintoCalls calls(KintoClient built) {
		KintoCalls changed = (this.original == null || built.isOfSameOrigin(this.original)) ? this.calls
				: this.calls.withOptions(KintoOptions::withoutHeaders);
		for (UnaryOperator<KintoCalls> change : this.changes) {
			changed = change.apply(changed);
		}
		return changed;
	}

}
