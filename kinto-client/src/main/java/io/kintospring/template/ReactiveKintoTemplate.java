package io.kintospring.template;

import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoClientState;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.KintoCalls;

/**
 * Implementation of {@link ReactiveKintoOperations} that runs calls on a
 * {@link KintoClient} without blocking. Immutable and thread-safe.
 * <p>
 * A template that was built by {@link #builder(String)} or {@link #mutate()} owns its
 * client: closing the template closes the client. After that, every call fails
 * immediately and every watch ends.
 * <p>
 * Spring Boot provides a template as a bean. Without Spring Boot, build one:
 *
 * <pre class="code">
 * ReactiveKintoTemplate kinto = ReactiveKintoTemplate.builder("https://kinto.example.com/v1")
 *     .authentication(KintoAuthentication.basic("ann", "secret"))
 *     .build();
 * ReactiveCollectionOperations&lt;Post&gt; posts = kinto.bucket("blog").collection("posts", Post.class);
 * Mono&lt;KintoObject&lt;Post&gt;&gt; created = posts.create(new Post("Hello"));
 * </pre>
 *
 * @see KintoTemplate
 */
public class ReactiveKintoTemplate implements ReactiveKintoOperations, AutoCloseable {

	private final KintoClient client;

	private final KintoCalls calls;

	private final boolean ownsClient;

	/**
	 * Create a template on a client. Closing the template does not close the client.
	 * @param client the client that runs the calls
	 * @param calls creates the calls, with their options, JSON mapper and default bucket
	 */
	public ReactiveKintoTemplate(KintoClient client, KintoCalls calls) {
		this(client, calls, false);
	}

	private ReactiveKintoTemplate(KintoClient client, KintoCalls calls, boolean ownsClient) {
		this.client = client;
		this.calls = calls;
		this.ownsClient = ownsClient;
	}

	private static ReactiveKintoTemplate owning(KintoClient client, KintoCalls calls) {
		return new ReactiveKintoTemplate(client, calls, true);
	}

	/**
	 * Return the URL of the server for messages and logs.
	 * @return the URL of the API, without credentials
	 */
	public String server() {
		return this.client.server();
	}

	/**
	 * Return a snapshot of the settings of the client, and of what it knows about the
	 * server, for diagnostics. This method sends no request.
	 * @return the snapshot, without credentials
	 */
	public KintoClientState state() {
		return this.client.state();
	}

	/**
	 * Create a builder for a template with its own client.
	 * @param url the URL of the API, such as {@code https://kinto.example.com/v1}
	 * @return a builder without authentication, whose default bucket is the personal
	 * bucket of the user
	 * @throws IllegalArgumentException if the URL is not valid
	 */
	public static KintoTemplateBuilder<ReactiveKintoTemplate> builder(String url) {
		return new KintoTemplateBuilder<>(ReactiveKintoTemplate::owning, KintoClient.builder(url));
	}

	/**
	 * Create a builder with the settings of this template, such as for a second server.
	 * @return the builder
	 * @see KintoTemplateBuilder#url(String)
	 */
	public KintoTemplateBuilder<ReactiveKintoTemplate> mutate() {
		return new KintoTemplateBuilder<>(ReactiveKintoTemplate::owning, this.client, this.calls);
	}

	/**
	 * Close the client if this template owns it.
	 */
	@Override
	public void close() {
		if (this.ownsClient) {
			this.client.close();
		}
	}

	@Override
	public KintoCalls calls() {
		return this.calls;
	}

	@Override
	public ReactiveKintoExecutor executor() {
		return this.client;
	}

}
