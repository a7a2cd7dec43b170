package io.kintospring.template;

import io.kintospring.client.KintoClient;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.KintoCalls;

/**
 * Talks to one Kinto server without waiting for its responses. It is immutable and
 * thread-safe.
 * <p>
 * A template that was built by {@link #builder(String)} or {@link #mutate()} owns its
 * client, and closes it. After that, every call fails at once and every watch ends.
 *
 * @see KintoTemplate
 */
public class ReactiveKintoTemplate implements ReactiveKintoOperations, AutoCloseable {

	private final KintoClient client;

	private final KintoCalls calls;

	private final boolean ownsClient;

	/**
	 * Create a template on a client that is closed by its owner.
	 * @param client runs the calls
	 * @param calls makes the calls
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
	 * Return which server this talks to, for people to read.
	 * @return the address of the server's API, without credentials
	 */
	public String server() {
		return this.client.server();
	}

	/**
	 * Start building a template, with a client and settings of its own.
	 * @param url the root of the server's API, such as
	 * {@code https://kinto.example.com/v1}
	 * @return a builder with defaults: no authentication, each user's own bucket
	 * @throws IllegalArgumentException if the URL cannot be one
	 */
	public static KintoTemplateBuilder<ReactiveKintoTemplate> builder(String url) {
		return new KintoTemplateBuilder<>(ReactiveKintoTemplate::owning, KintoClient.builder(url));
	}

	/**
	 * Start building a template like this one, such as for a second server.
	 * @return a builder with the settings of this template
	 * @see KintoTemplateBuilder#url(String)
	 */
	public KintoTemplateBuilder<ReactiveKintoTemplate> mutate() {
		return new KintoTemplateBuilder<>(ReactiveKintoTemplate::owning, this.client, this.calls);
	}

	/**
	 * Close the client, if this template owns it.
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
