package io.kintospring.template;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.kintospring.KintoOptions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds a {@link KintoTemplate} or a {@link ReactiveKintoTemplate}.
 */
public final class KintoTemplateBuilder {

	private final KintoClient.Builder client;

	private KintoCalls calls;

	KintoTemplateBuilder(KintoClient.Builder client, KintoCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	/**
	 * Talk to another server.
	 * @param url the root of the server's API
	 * @return this builder
	 * @throws IllegalArgumentException if the URL cannot be one
	 */
	public KintoTemplateBuilder url(String url) {
		return client((client) -> client.url(url));
	}

	/**
	 * Set who asks.
	 * @param authentication is asked for each request
	 * @return this builder
	 */
	public KintoTemplateBuilder authentication(KintoAuthentication authentication) {
		return client((client) -> client.authentication(authentication));
	}

	/**
	 * Change how calls are run: the timeout, the transport, who listens. What is
	 * remembered of the server is forgotten, as it may be another one now.
	 * @param client changes the settings of the client
	 * @return this builder
	 */
	public KintoTemplateBuilder client(Consumer<KintoClient.Builder> client) {
		client.accept(this.client);
		this.calls = this.calls.withOptions(UnaryOperator.identity());
		return this;
	}

	/**
	 * Set the bucket that is meant where none is named.
	 * @param id the id of the bucket
	 * @return this builder
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	public KintoTemplateBuilder defaultBucket(String id) {
		this.calls = this.calls.withDefaultBucket(id);
		return this;
	}

	/**
	 * Set options that all operations inherit.
	 * @param options adds to the options that there are
	 * @return this builder
	 */
	public KintoTemplateBuilder options(UnaryOperator<KintoOptions> options) {
		this.calls = this.calls.withOptions(options);
		return this;
	}

	/**
	 * Set what binds data.
	 * @param mapper the mapper; by default a plain one
	 * @return this builder
	 */
	public KintoTemplateBuilder jsonMapper(JsonMapper mapper) {
		this.calls = this.calls.withMapper(mapper);
		return this;
	}

	/**
	 * Build the blocking template.
	 * @return the template
	 */
	public KintoTemplate build() {
		return new KintoTemplate(this.client.build(), this.calls);
	}

	/**
	 * Build the reactive template.
	 * @return the template
	 */
	public ReactiveKintoTemplate buildReactive() {
		return new ReactiveKintoTemplate(this.client.build(), this.calls);
	}

}
