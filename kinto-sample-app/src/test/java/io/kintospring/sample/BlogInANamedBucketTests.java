package io.kintospring.sample;

import java.util.Collections;

import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blog with a bucket that does not exist at startup.
 */
@SpringBootTest(properties = "kinto.bucket=blog")
class BlogInANamedBucketTests {

	@Autowired
	private KintoTemplate kinto;

	@Test
	void createsBucketAndCollectionOnlyIfMissing() {
		var before = this.kinto.bucket("blog").collection(Blog.COLLECTION).attributes().get();
		new Blog(this.kinto).prepare();
		assertThat(this.kinto.bucket("blog").collection(Blog.COLLECTION).attributes().get()).isEqualTo(before);
	}

	@RepeatedTest(5)
	void instancesCanStartConcurrently() {
		this.kinto.buckets().delete("blog");
		assertThat(Collections.nCopies(4, this.kinto).parallelStream().map(Blog::new).map((blog) -> blog.list(null)))
			.allSatisfy((page) -> assertThat(page.data()).isEmpty());
	}

}
