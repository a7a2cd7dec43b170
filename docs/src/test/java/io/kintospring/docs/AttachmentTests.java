package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoTimestamp;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of the guide about attachments does what the guide says.
 */
@KintoTest(properties = "kinto.embedded.settings.attachment.extensions=images")
class AttachmentTests {

	@TempDir
	private Path directory;

	@Test
	void files(@Autowired KintoTemplate kinto) throws IOException {
		kinto.buckets().create("blog");
		kinto.bucket("blog").collections().create("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		posts.create("a", new Post("A", null));
		Post draft = new Post("Draft", null);
		Path picture = Files.writeString(this.directory.resolve("picture.png"), "not really");
		Path copy = this.directory.resolve("copy.png");
		Resource upload = new ByteArrayResource("cover".getBytes(StandardCharsets.UTF_8));

		KintoAttachment attachment = posts.attachments().add("a", new FileSystemResource(picture));
		posts.attachments().add("b", upload, draft, (u) -> u.filename("cover.png").mimetype("image/png"));
		try (InputStream file = posts.attachments().download(attachment)) {
			Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
		}
		KintoTimestamp version = posts.attachments().remove("a");

		assertThat(copy).hasSameTextualContentAs(picture);
		assertThat(posts.get("a").lastModified()).isEqualTo(version);
		assertThat(posts.get("b").data()).isEqualTo(new Post("Draft", posts.attachments().find("b").orElseThrow()));
	}

	@Test
	void asInJavaScript(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		kinto.bucket("blog").collections().create("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		Resource picture = new ByteArrayResource("cover".getBytes(StandardCharsets.UTF_8));
		posts.attachments().add("a", picture, new Post("Illustrated", null), (u) -> u.filename("cover.png"));
		assertThat(posts.attachments().find("a")).isPresent();
		posts.attachments().remove("a");
		assertThat(posts.attachments().find("a")).isEmpty();
	}

	@Test
	void withTheOptionsOfJavaScript(@Autowired KintoTemplate kinto) throws IOException {
		kinto.buckets().create("blog");
		kinto.bucket("blog").collections().create("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		Resource picture = new FileSystemResource(
				Files.writeString(this.directory.resolve("picture.png"), "not really"));
		posts.attachments().add(UUID.randomUUID().toString(), picture, new Post("Illustrated", null));
		assertThat(posts.list().data()).singleElement()
			.satisfies((post) -> assertThat(post.data().title()).isEqualTo("Illustrated"));
		KintoAttachment attachment = posts.attachments().add("a", picture);
		assertThat(posts.attachments().find("a")).contains(attachment);
		posts.attachments().add("a", picture, (u) -> u.permissions((p) -> p.read("github:bob")));
		assertThat(posts.get("a").permissions().principals("read")).containsExactly("github:bob");
		assertThat(posts.attachments().add("a", picture, (u) -> u.header("X-A", "a")).filename())
			.isEqualTo("picture.png");
	}

	record Post(String title, @Nullable KintoAttachment attachment) {
	}

}
