package io.kintospring.benchmarks;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The data of the records that all opponents write and read: about 300 bytes of JSON.
 *
 * @param title the title
 * @param author who wrote it
 * @param summary what it is about
 * @param tags by which it is found
 * @param views how often it was read
 * @param rating what its readers think of it
 * @param published whether it can be read
 * @param id the id, or {@code null} before the server has given one
 * @param lastModified the version, or {@code null} before the server has given one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Article(String title, String author, String summary, List<String> tags, int views, double rating,
		boolean published, @Nullable String id, @JsonProperty("last_modified") @Nullable Long lastModified) {

	/** The collection of the articles, below the root of the API. */
	public static final String COLLECTION = "/buckets/blog/collections/articles";

	/**
	 * Return a new article.
	 * @param number the number of the article
	 * @return an article that has no id yet
	 */
	public static Article sample(int number) {
		return new Article("What is to be said of the number " + number, "author-" + number % 97,
				"A few words, as many as a record of the usual size has, on the number " + number
						+ " and its neighbours",
				List.of("numbers", "tag-" + number % 13, "tag-" + number % 7), number % 10_000, (number % 50) / 10.0,
				number % 3 != 0, null, null);
	}

}
