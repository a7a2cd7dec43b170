package io.kintospring.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.KintoObject;
import io.kintospring.KintoSignal;
import io.kintospring.boot.event.KintoBackoffEvent;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pages of the blog, with posts in an embedded server.
 */
@SpringBootTest
@AutoConfigureMockMvc
class BlogTests {

	private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

	private static final Pattern TITLE = Pattern.compile("<h2><a href=\"/posts/[^\"]+\">([^<]*)</a></h2>");

	private static final Pattern OLDER = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

	@Autowired
	private MockMvcTester mvc;

	private CollectionOperations<Post> posts;

	@BeforeEach
	void removeAll(@Autowired KintoTemplate kinto) {
		this.posts = kinto.bucket().collection(Blog.COLLECTION, Post.class);
		this.posts.list().data().forEach(this.posts::delete);
	}

	@Test
	void pagesListNewestPostsFirstWithoutDuplicates() {
		for (int i : List.of(3, 1, 7, 2, 6, 5, 4)) {
			stored("Post " + i, NOON.plusSeconds(i));
		}
		String first = body(this.mvc.get().uri("/").exchange());
		assertThat(all(TITLE, first)).containsExactly("Post 7", "Post 6", "Post 5", "Post 4", "Post 3");
		String second = body(this.mvc.get().uri(all(OLDER, first).get(0)).exchange());
		assertThat(all(TITLE, second)).containsExactly("Post 2", "Post 1");
		assertThat(all(OLDER, second)).isEmpty();
	}

	@Test
	void fullLastPageHasNoLinkToOlderPosts() {
		for (int i = 0; i < Blog.PAGE_SIZE; i++) {
			stored("Post " + i, NOON.plusSeconds(i));
		}
		assertThat(all(OLDER, body(this.mvc.get().uri("/").exchange()))).isEmpty();
	}

	@Test
	void editDoesNotChangeTheOrderOfPosts() {
		KintoObject<Post> old = stored("Old", NOON);
		stored("New", NOON.plusSeconds(1));
		assertThat(save(old, "Old, edited")).hasStatus3xxRedirection();
		assertThat(all(TITLE, body(this.mvc.get().uri("/").exchange()))).containsExactly("New", "Old, edited");
	}

	@Test
	void staleEditIsRejectedAndShowsBothVersions() {
		KintoObject<Post> seen = stored("Title", NOON);
		KintoObject<Post> theirs = this.posts.update(seen.withData(new Post("Theirs", "their text", "Ann", NOON)));
		MvcTestResult refused = save(seen, "Yours");
		assertThat(refused).hasStatus(HttpStatus.CONFLICT);
		assertThat(body(refused)).contains("value=\"Yours\"", "Theirs", "their text", "Ann")
			.contains("name=\"version\" value=\"" + theirs.lastModified() + "\"");
		assertThat(this.posts.get(seen.id())).isEqualTo(theirs);
	}

	@Test
	void versionShownByAConflictCanBeReplaced() {
		KintoObject<Post> seen = stored("Title", NOON);
		KintoObject<Post> theirs = this.posts.update(seen.withData(new Post("Theirs", "text", null, NOON)));
		assertThat(save(theirs, "Yours")).hasRedirectedUrl("/posts/" + seen.id());
		assertThat(this.posts.get(seen.id()).data().title()).isEqualTo("Yours");
	}

	@Test
	void editWithoutValidVersionIsRejected() {
		KintoObject<Post> post = stored("Title", NOON);
		assertThat(this.mvc.post().uri("/posts/" + post.id()).param("title", "Blind").param("text", "text"))
			.hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.mvc.post()
			.uri("/posts/" + post.id())
			.param("version", "latest")
			.param("title", "Blind")
			.param("text", "text")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.posts.get(post.id())).isEqualTo(post);
	}

	@Test
	void editOfADeletedPostKeepsTheInputAndDoesNotRestoreThePost() {
		KintoObject<Post> post = stored("Title", NOON);
		this.posts.delete(post);
		MvcTestResult refused = save(post, "Much work");
		assertThat(refused).hasStatus(HttpStatus.CONFLICT);
		assertThat(body(refused)).contains("Much work").contains("action=\"/posts\"");
		assertThat(this.posts.find(post.id())).isEmpty();
	}

	@Test
	void staleDeletionIsRejected() {
		KintoObject<Post> seen = stored("Title", NOON);
		this.posts.update(seen.withData(new Post("Theirs", "text", null, NOON)));
		assertThat(delete(seen)).hasRedirectedUrl("/posts/" + seen.id());
		assertThat(this.posts.find(seen.id())).isPresent();
	}

	@Test
	void deletionOfADeletedPostShowsAWarning() {
		KintoObject<Post> post = stored("Title", NOON);
		assertThat(delete(post)).hasRedirectedUrl("/").flash().containsEntry("notice", "Deleted.");
		assertThat(delete(post)).hasRedirectedUrl("/")
			.flash()
			.containsEntry("warning", "The post was already deleted.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \r\n " })
	void blankTitleHasErrorMessageNextToItsField(String title) {
		MvcTestResult refused = this.mvc.post().uri("/posts").param("title", title).param("text", "kept").exchange();
		assertThat(refused).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		assertThat(body(refused)).containsOnlyOnce("class=\"error\"")
			.containsSubsequence("name=\"title\"", "Please enter a title", "name=\"author\"", "kept");
		assertThat(this.posts.list().data()).isEmpty();
	}

	@Test
	void userInputIsEscaped() {
		String markup = "<b onclick='x'>\"&amp;";
		KintoObject<Post> post = this.posts.create(new Post(markup, markup, markup, NOON));
		this.posts.update(post);
		for (String page : List.of(body(this.mvc.get().uri("/").exchange()),
				body(this.mvc.get().uri("/posts/" + post.id()).exchange()),
				body(this.mvc.get().uri("/posts/" + post.id() + "/edit").exchange()), body(save(post, markup)))) {
			assertThat(page).doesNotContain("<b ").contains("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/posts/none", "/posts/none/edit", "/posts/_impossible", "/other" })
	void unknownPageIsNotFound(String path) {
		assertThat(this.mvc.get().uri(path)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void panelShowsHealthAndLatestEvents(@Autowired ApplicationEventPublisher publisher) {
		for (int seconds = 1; seconds <= 6; seconds++) {
			publisher.publishEvent(new KintoBackoffEvent("http://kinto.example.com/v1",
					new KintoSignal.Backoff(Duration.ofSeconds(seconds), NOON.plusSeconds(seconds))));
		}
		assertThat(body(this.mvc.get().uri("/").exchange())).contains(">UP<", "httpApiVersion")
			.containsSubsequence("2026-11-23T12:00:06Z", "2026-11-23T12:00:02Z")
			.doesNotContain("2026-11-23T12:00:01Z");
	}

	private KintoObject<Post> stored(String title, Instant published) {
		return this.posts.create(new Post(title, "text", null, published));
	}

	private MvcTestResult save(KintoObject<Post> seen, String title) {
		return this.mvc.post()
			.uri("/posts/" + seen.id())
			.param("version", seen.lastModified().toString())
			.param("title", title)
			.param("text", "text")
			.exchange();
	}

	private MvcTestResult delete(KintoObject<Post> seen) {
		return this.mvc.post()
			.uri("/posts/" + seen.id() + "/delete")
			.param("version", seen.lastModified().toString())
			.exchange();
	}

	private static String body(MvcTestResult result) {
		return assertThat(result).bodyText().actual();
	}

	private static List<String> all(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.results().map((MatchResult match) -> match.group(1)).toList();
	}

}
