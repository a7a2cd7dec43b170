package io.kintospring.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.template.CollectionOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Attachments of records.
 */
class AttachmentContractTests extends ContractTests {

	private static final String HELLO_SHA_256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

	private static final Resource HELLO = new ByteArrayResource("hello".getBytes(StandardCharsets.UTF_8));

	private CollectionOperations<Illustrated> illustrated;

	@BeforeEach
	void requireAttachments() {
		assumeTrue(this.kinto.fetchServerInfo().capabilities().containsKey("attachments"),
				"the server has no kinto-attachment");
		this.illustrated = this.bucket.collection("posts", Illustrated.class);
	}

	@Test
	void fileIsAttachedAndDownloaded() throws IOException {
		this.posts.create("a", new Post("A", 1));
		KintoAttachment attachment = this.posts.attachments().add("a", HELLO, (u) -> u.filename("hello.txt"));
		assertThat(attachment.filename()).isEqualTo("hello.txt");
		assertThat(attachment.hash()).isEqualTo(HELLO_SHA_256);
		assertThat(attachment.mimetype()).isEqualTo("text/plain");
		assertThat(attachment.size()).isEqualTo(5);
		assertThat(this.posts.attachments().find("a")).hasValue(attachment);
		assertThat(this.illustrated.get("a").data()).isEqualTo(new Illustrated("A", 1, attachment));
		assertThat(content(attachment)).isEqualTo("hello");
	}

	@Test
	void attachCreatesMissingRecord() {
		this.posts.attachments()
			.add("a", HELLO, new Post("A", 1),
					(u) -> u.filename("a.txt").permissions((p) -> p.read("system.Everyone")));
		KintoObject<Post> record = this.posts.get("a");
		assertThat(record.data()).isEqualTo(new Post("A", 1));
		assertThat(record.permissions().principals("read")).containsExactly("system.Everyone");
	}

	@Test
	void attachWithoutDataKeepsData() {
		this.maps.create("a", Map.of("x", 1, "y", 1));
		this.maps.attachments().add("a", HELLO, Map.of("y", 2), (u) -> u.filename("a.txt"));
		assertThat(this.maps.get("a").data()).containsEntry("x", 1).containsEntry("y", 2);
	}

	@Test
	void attachReplacesFile() {
		KintoAttachment first = this.posts.attachments().add("a", HELLO, new Post("A", 1), (u) -> u.filename("a.txt"));
		KintoAttachment second = this.posts.attachments().add("a", HELLO, (u) -> u.filename("b.txt"));
		assertThat(this.posts.attachments().find("a")).hasValue(second);
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> content(first));
	}

	@Test
	void updateKeepsAttachment() {
		this.posts.attachments().add("a", HELLO, new Post("A", 1), (u) -> u.filename("a.txt"));
		KintoObject<Illustrated> record = this.illustrated.get("a");
		KintoAttachment attachment = record.data().attachment();
		this.illustrated.update(record.withData(new Illustrated("B", 2, attachment)));
		assertThat(this.illustrated.get("a").data()).isEqualTo(new Illustrated("B", 2, attachment));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00e4 \u65e5\u672c.txt", "a b;c=d.txt", "a\"b.txt" })
	void filenameIsKept(String filename) {
		assertThat(this.posts.attachments().add("a", HELLO, (u) -> u.filename(filename)).filename())
			.isEqualTo(filename.replace("\"", "%22"));
	}

	@Test
	void removeKeepsRecord() {
		KintoAttachment attachment = this.posts.attachments()
			.add("a", HELLO, new Post("A", 1), (u) -> u.filename("a.txt"));
		KintoTimestamp before = this.posts.get("a").lastModified();
		KintoTimestamp version = this.posts.attachments().remove("a");
		assertThat(version).isGreaterThan(before).isEqualTo(this.posts.get("a").lastModified());
		assertThat(this.posts.attachments().find("a")).isEmpty();
		assertThat(this.posts.get("a").data()).isEqualTo(new Post("A", 1));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> content(attachment));
	}

	/**
	 * The server ignores preconditions and would create an empty record.
	 */
	@Test
	void removeDoesNotCreateMissingRecord() {
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.attachments().remove("a"));
		assertThat(this.posts.find("a")).isEmpty();
	}

	@Test
	void fileRejectedByServerIsInvalid() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.posts.attachments().add("a", HELLO, (u) -> u.filename("a.unknown")));
		assertThat(this.posts.find("a")).isEmpty();
	}

	@Test
	void batchSendsFileAloneInOrder() {
		KintoCall<KintoObject<Post>> create = this.posts.calls().create("a", new Post("A", 1));
		KintoCall<KintoAttachment> attach = this.posts.calls()
			.attachments()
			.add("a", HELLO, (u) -> u.filename("a.txt"));
		KintoCall<KintoObject<Post>> patch = this.posts.calls().patch("a", Map.of("stars", 2));
		BatchResult result = this.kinto.batch(List.of(create, attach, patch));
		assertThat(result.published()).hasSize(3);
		assertThat(this.illustrated.get("a").data()).isEqualTo(new Illustrated("A", 2, result.get(attach)));
	}

	@Test
	void malformedAttachmentFailsOnlyItsCall() {
		this.maps.create("a", Map.of("attachment", "none"));
		KintoCall<Boolean> find = this.posts.calls().attachments().find("a").map(Optional::isPresent);
		KintoCall<KintoObject<Post>> create = this.posts.calls().create("b", new Post("B", 1));
		BatchResult result = this.kinto.batch(List.of(find, create), (o) -> o.collectErrors());
		assertThat(result.get(create).id()).isEqualTo("b");
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> result.get(find))
			.withMessageContaining("cannot be read as a record with an attachment");
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> this.posts.attachments().find("a"));
	}

	private String content(KintoAttachment attachment) throws IOException {
		try (InputStream file = this.posts.attachments().download(attachment)) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	record Illustrated(String title, int stars, KintoAttachment attachment) {
	}

}
