package io.kintospring.benchmarks;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Data of the records that all opponents write and read, about 300 bytes of JSON.
 *
 * @param title the title
 * @param author the author
 * @param summary the summary
 * @param tags the tags
 * @param views the number of views
 * @param rating the average rating
 * @param published whether the article is published
 * @param id the id, or {@code null} if not stored yet
 * @param lastModified the version, or {@code null} if not stored yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Article(String title, String author, String summary, List<String> tags, int views, double rating,
		boolean published, @Nullable String id, @JsonProperty("last_modified") @Nullable Long lastModified) {

	/** Path of the collection, relative to the root URL of the API. */
	public static final String COLLECTION = "/buckets/blog/collections/articles";

	/**
	 * Create a sample article.
	 * @param number the number of the article
	 * @return an article without id and version
	 */
	public static Article sample(int number) {
		return new Article("What is to be said of the number " + number, "author-" + number % 97,
				"A few words, as many as a record of the usual size has, on the number " + number
						+ " and its neighbours",
				List.of("numbers", "tag-" + number % 13, "tag-" + number % 7), number % 10_000, (number % 50) / 10.0,
				number % 3 != 0, null, null);
	}

}
