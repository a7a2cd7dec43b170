package io.kintospring.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoUrl;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.WebClientKintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Base class of tests that run with each template and on each server.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("io.kintospring.contract.ContractTests#serversAndFlavours")
@Timeout(30)
abstract class ContractTests {

	@Parameter(0)
	TestServer server;

	@Parameter(1)
	Flavour flavour;

	private final List<KintoClient> clients = new ArrayList<>();

	KintoOperations kinto;

	BucketOperations bucket;

	CollectionOperations<Post> posts;

	CollectionOperations<Map<String, Object>> maps;

	static Stream<Object[]> serversAndFlavours() {
		return Arrays.stream(TestServer.values())
			.flatMap((server) -> Arrays.stream(Flavour.values()).map((flavour) -> new Object[] { server, flavour }));
	}

	@BeforeEach
	void createBucketAndCollection() {
		this.kinto = kinto(this.server.user());
		this.bucket = this.kinto.bucket(randomId());
		this.kinto.buckets().create(this.bucket.id());
		this.posts = this.bucket.collection("posts", Post.class);
		this.maps = this.bucket.collection("posts");
		this.bucket.collections().create("posts");
	}

	@AfterEach
	void deleteBucket() {
		if (this.kinto != null) {
			this.kinto.buckets().create(this.bucket.id(), Map.of(), (w) -> w.safe(false));
			this.kinto.buckets().delete(this.bucket.id());
		}
		this.clients.forEach(KintoClient::close);
	}

	/**
	 * Return the URL of the server.
	 */
	KintoUrl url() {
		return this.server.url();
	}

	/**
	 * Skip tests of features that the embedded server does not support.
	 */
	<T> T ifTheServerHasIt(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (KintoResponseException ex) {
			assumeFalse(this.server == TestServer.EMBEDDED && ex.status() == 501, ex.getMessage());
			throw ex;
		}
	}

	KintoOperations kinto(KintoAuthentication user) {
		return kinto(user, (options) -> options);
	}

	KintoOperations kinto(KintoAuthentication user, KintoOptions.Customizer options) {
		KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(url()).build())
			.authentication(user)
			.build();
		this.clients.add(client);
		return this.flavour.template(client,
				new KintoCalls(new JsonMapper(), options.apply(KintoOptions.of()), "default"));
	}

	static String randomId() {
		return "t" + UUID.randomUUID();
	}

}
