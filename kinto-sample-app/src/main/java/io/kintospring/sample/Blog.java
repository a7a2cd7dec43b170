package io.kintospring.sample;

import java.time.Instant;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Service for the posts of the blog, which are in a collection of the bucket
 * {@code kinto.bucket}. Bucket and collection are created at startup, or when the server
 * becomes available.
 */
@Service
class Blog {

	static final String COLLECTION = "posts";

	static final int PAGE_SIZE = 5;

	private static final Log logger = LogFactory.getLog(Blog.class);

	private final KintoTemplate kinto;

	private final BucketOperations bucket;

	private final CollectionOperations<Post> posts;

	private volatile boolean prepared;

	Blog(KintoTemplate kinto) {
		this.kinto = kinto;
		this.bucket = kinto.bucket();
		this.posts = this.bucket.collection(COLLECTION, Post.class);
	}

	/**
	 * List posts, the newest first.
	 * @param before the time before which the posts were published, or {@code null} for
	 * the newest posts
	 * @return a page of posts
	 */
	KintoPage<Post> list(@Nullable Instant before) {
		return posts().list((query) -> {
			query = query.sort("-published").limit(PAGE_SIZE);
			return (before != null) ? query.filter("lt_published", Long.toString(before.toEpochMilli())) : query;
		});
	}

	/**
	 * Read a post.
	 * @throws KintoNotFoundException if the post does not exist
	 */
	KintoObject<Post> read(String id) {
		return posts().get(id);
	}

	KintoObject<Post> publish(PostForm form) {
		return posts().create(new Post(form.title(), form.text(), form.author(), Instant.now()));
	}

	/**
	 * Edit a post, if it still has the given version.
	 * @throws KintoConflictException if the post was changed since
	 * @throws KintoNotFoundException if the post was deleted
	 */
	KintoObject<Post> edit(String id, KintoTimestamp version, PostForm form) {
		return posts().patch(id, form, (write) -> write.lastModified(version));
	}

	/**
	 * Delete a post, if it still has the given version.
	 * @throws KintoConflictException if the post was changed since
	 * @throws KintoNotFoundException if the post was already deleted
	 */
	void delete(String id, KintoTimestamp version) {
		posts().delete(id, (write) -> write.lastModified(version));
	}

	@EventListener(ApplicationReadyEvent.class)
	void prepare() {
		try {
			posts();
		}
		catch (KintoException ex) {
			logger.warn("The collection of the blog could not be created yet: " + ex.getMessage());
		}
	}

	private CollectionOperations<Post> posts() {
		if (!this.prepared) {
			createWhatIsMissing();
			this.prepared = true;
		}
		return this.posts;
	}

	private void createWhatIsMissing() {
		try {
			this.posts.attributes().get();
		}
		catch (KintoNotFoundException ex) {
			createCollection();
		}
		catch (KintoAccessDeniedException ex) {
			createBucket();
			createCollection();
		}
	}

	private void createBucket() {
		unlessThere(() -> this.kinto.buckets().create(this.bucket.id()));
	}

	private void createCollection() {
		unlessThere(() -> this.bucket.collections().create(COLLECTION));
	}

	/**
	 * Ignore a conflict, because another instance may create the same object.
	 */
	private static void unlessThere(Runnable creation) {
		try {
			creation.run();
		}
		catch (KintoConflictException ex) {
			logger.debug("The object already exists: " + ex.getMessage());
		}
	}

}
