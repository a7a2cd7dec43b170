package io.kintospring.benchmarks.startup;

import io.kintospring.benchmarks.Article;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Small web application with a handle of a collection.
 */
@Configuration(proxyBeanMethods = false)
@Import(PlainApplication.class)
public class KintoApplication {

	/**
	 * Start the application.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		PlainApplication.start(KintoApplication.class, args);
	}

	@RestController
	static class Articles {

		private final CollectionOperations<Article> articles;

		Articles(KintoTemplate kinto) {
			this.articles = kinto.bucket("blog").collection("articles", Article.class);
		}

		@GetMapping("/articles")
		long count() {
			return this.articles.count();
		}

	}

}
