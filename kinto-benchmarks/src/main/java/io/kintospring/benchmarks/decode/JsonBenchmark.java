package io.kintospring.benchmarks.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kintospring.benchmarks.Article;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.ListResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Benchmark of JSON with this client and with Jackson alone: reading a record of a list
 * of 1,000, and writing a record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JsonBenchmark {

	private static final int RECORDS = 1000;

	private final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();

	private final ObjectReader reader = this.mapper.readerFor(Page.class);

	private final ObjectWriter writer = this.mapper.writerFor(Created.class);

	private final CollectionCalls<Article> calls = KintoCalls.defaults()
		.withMapper(this.mapper)
		.bucket("blog")
		.collection("articles", Article.class);

	private final KintoCall<ListResult<Article>> list = this.calls.list();

	private final byte[] page = this.mapper
		.writeValueAsBytes(new Page(IntStream.range(0, RECORDS).mapToObj(JsonBenchmark::article).toList()));

	private final KintoResponse response = new KintoResponse(200, headers(), this.page);

	private final Article article = Article.sample(1);

	private static Article article(int number) {
		Article sample = Article.sample(number);
		return new Article(sample.title(), sample.author(), sample.summary(), sample.tags(), sample.views(),
				sample.rating(), sample.published(), "record-" + number, 1_760_000_000_000L + number);
	}

	private static HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		headers.setETag("\"1760000000000\"");
		return headers;
	}

	/**
	 * Read a list as the client does.
	 * @return the list
	 */
	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public ListResult<Article> readByClient() {
		return this.list.read(this.response);
	}

	/**
	 * Read a list with Jackson data binding.
	 * @return the list
	 */
	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public Page readByDatabind() {
		return this.reader.readValue(this.page);
	}

	/**
	 * Read a list as a tree.
	 * @return the list
	 */
	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public JsonNode readAsTree() {
		return this.mapper.readTree(this.page);
	}

	/**
	 * Decode the body as text only.
	 * @return the text
	 */
	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public String readAsText() {
		return new String(this.page, StandardCharsets.UTF_8);
	}

	/**
	 * Create the request to create a record, as the client does.
	 * @return the request
	 */
	@Benchmark
	public Object writeByClient() {
		return this.calls.create(this.article).request();
	}

	/**
	 * Write the body of a request to create a record.
	 * @return the body
	 */
	@Benchmark
	public byte[] writeByDatabind() {
		return this.writer.writeValueAsBytes(new Created(this.article));
	}

	/**
	 * Response body of a list.
	 *
	 * @param data the records
	 */
	public record Page(List<Article> data) {
	}

	/**
	 * Request body to create a record.
	 *
	 * @param data the record
	 */
	public record Created(Article data) {
	}

}
