package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
 * What the guide shows of files does what it says.
 */
@KintoTest(properties = "kinto.embedded.settings.attachment.extensions=images")
class AttachmentTests {

	@TempDir
	private Path directory;

	@Test
	void files(@Autowired KintoTemplate kinto) throws IOException {
		kinto.createBucket("blog");
		kinto.bucket("blog").createCollection("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		posts.createRecord("a", new Post("A", null));
		Post draft = new Post("Draft", null);
		Path picture = Files.writeString(this.directory.resolve("picture.png"), "not really");
		Path copy = this.directory.resolve("copy.png");
		Resource upload = new ByteArrayResource("cover".getBytes(StandardCharsets.UTF_8));

		KintoAttachment attachment = posts.addAttachment("a", new FileSystemResource(picture));
		posts.addAttachment("b", upload, draft, (u) -> u.filename("cover.png").mimetype("image/png"));
		try (InputStream file = posts.downloadAttachment(attachment)) {
			Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
		}
		KintoTimestamp version = posts.removeAttachment("a");

		assertThat(copy).hasSameTextualContentAs(picture);
		assertThat(posts.getRecord("a").lastModified()).isEqualTo(version);
		assertThat(posts.getRecord("b").data()).isEqualTo(new Post("Draft", posts.findAttachment("b").orElseThrow()));
	}

	@Test
	void asInJavaScript(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		kinto.bucket("blog").createCollection("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		Resource picture = new ByteArrayResource("cover".getBytes(StandardCharsets.UTF_8));
		posts.addAttachment("a", picture, new Post("Illustrated", null), (u) -> u.filename("cover.png"));
		assertThat(posts.findAttachment("a")).isPresent();
		posts.removeAttachment("a");
		assertThat(posts.findAttachment("a")).isEmpty();
	}

	record Post(String title, @Nullable KintoAttachment attachment) {
	}

}
