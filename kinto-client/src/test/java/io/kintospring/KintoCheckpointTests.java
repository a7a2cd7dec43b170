package io.kintospring;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.convert.support.DefaultConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KintoCheckpointTests {

	private static final long NOW = 1_800_000_000_000L;

	private static final KintoCheckpoint CHECKPOINT = KintoCheckpoint.of(KintoTimestamp.of(0))
		.advance("blog/posts", KintoTimestamp.of(NOW), List.of(saved("a", NOW + 1), saved("old", NOW)),
				List.of(new KintoTombstone("b", KintoTimestamp.of(NOW + 300))));

	/** The text must stay readable for later versions of the library. */
	private static final String TEXT = "v1.blog.posts.gKDxwrE0AQAAAGGrAgAAAGKHhALs";

	@Test
	void textIsStable() {
		assertThat(CHECKPOINT).hasToString(TEXT);
		assertThat(KintoCheckpoint.valueOf(TEXT)).isEqualTo(CHECKPOINT).hasSameHashCodeAs(CHECKPOINT);
		assertThat(KintoCheckpoint.valueOf(" " + TEXT + "\n")).hasToString(TEXT);
	}

	@Test
	void deliveredChangesAfterTheVersionAreContained() {
		for (KintoCheckpoint checkpoint : List.of(CHECKPOINT, KintoCheckpoint.valueOf(TEXT))) {
			assertThat(checkpoint.collection()).isEqualTo("blog/posts");
			assertThat(checkpoint.since()).isEqualTo(KintoTimestamp.of(NOW));
			assertThat(checkpoint.contains("a", KintoTimestamp.of(NOW + 1))).isTrue();
			assertThat(checkpoint.contains("b", KintoTimestamp.of(NOW + 300))).isTrue();
			assertThat(checkpoint.contains("a", KintoTimestamp.of(NOW + 2))).isFalse();
			assertThat(checkpoint.contains("b", KintoTimestamp.of(NOW + 1))).isFalse();
			assertThat(checkpoint.contains("old", KintoTimestamp.of(NOW))).isFalse();
		}
	}

	@Test
	void changesBeforeTheVersionAreForgotten() {
		KintoCheckpoint later = CHECKPOINT.advance("blog/posts", KintoTimestamp.of(NOW + 1), List.of(), List.of());
		assertThat(later.contains("a", KintoTimestamp.of(NOW + 1))).isFalse();
		assertThat(later.contains("b", KintoTimestamp.of(NOW + 300))).isTrue();
		assertThat(later).isNotEqualTo(CHECKPOINT);
	}

	@Test
	void versionIsACheckpointOfAnyCollection() {
		KintoCheckpoint checkpoint = KintoCheckpoint.of(KintoTimestamp.of(NOW));
		assertThat(checkpoint).hasToString("1800000000000");
		assertThat(checkpoint.collection()).isNull();
		assertThat(KintoCheckpoint.valueOf("1800000000000")).isEqualTo(checkpoint);
		assertThat(KintoCheckpoint.valueOf("\"1800000000000\"")).isEqualTo(checkpoint);
	}

	@Test
	void negativeVersionIsKept() {
		KintoCheckpoint negative = KintoCheckpoint.of(KintoTimestamp.of(-5));
		assertThat(KintoCheckpoint.valueOf(negative.toString())).isEqualTo(negative);
		KintoCheckpoint advanced = negative.advance("b/c", KintoTimestamp.of(-5), List.of(saved("a", 7)), List.of());
		assertThat(KintoCheckpoint.valueOf(advanced.toString())).isEqualTo(advanced);
	}

	@Test
	void recordsWithTheSameVersionAreDistinguished() {
		KintoCheckpoint checkpoint = CHECKPOINT.advance("blog/posts", KintoTimestamp.of(NOW),
				List.of(saved("c", NOW + 1)), List.of());
		for (KintoCheckpoint read : List.of(checkpoint, KintoCheckpoint.valueOf(checkpoint.toString()))) {
			assertThat(List.of("a", "b", "c", "d")).filteredOn((id) -> read.contains(id, KintoTimestamp.of(NOW + 1)))
				.containsExactly("a", "c");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "12a", "v1", "v1.blog", "v1.blog.posts", "v1.blog.posts.",
			"v2.blog.posts.x", "v1.blog.po sts.gLCatrE0" })
	void otherTextIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoCheckpoint.valueOf(text))
			.withMessage("'" + text
					+ "' is not a checkpoint: pass the text of a KintoCheckpoint, or null to start with all records");
	}

	@Test
	void incompleteTextIsRejected() {
		for (int length = "v1.blog.posts.".length() + 1; length < TEXT.length(); length++) {
			String cut = TEXT.substring(0, length);
			assertThatIllegalArgumentException().isThrownBy(() -> KintoCheckpoint.valueOf(cut))
				.withMessageStartingWith("'" + cut + "' is incomplete or was changed")
				.withMessageEndingWith("here are " + length + " characters");
		}
	}

	@Test
	void changedTextIsRejected() {
		for (String text : List.of(TEXT.replace("posts", "drafts"), TEXT.replace("AQAAAGGr", "AQAAAGGs"),
				TEXT + TEXT.substring(14))) {
			assertThatIllegalArgumentException().isThrownBy(() -> KintoCheckpoint.valueOf(text))
				.withMessageContaining("is incomplete or was changed");
		}
	}

	@Test
	void longTextIsShortenedInMessages() {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoCheckpoint.valueOf("x".repeat(1000)))
			.withMessageStartingWith("'" + "x".repeat(60) + "…' is not");
	}

	/**
	 * The documentation promises this size.
	 */
	@Test
	void tenThousandChangesHaveSeventyKilobytes() {
		List<KintoObject<String>> saved = IntStream.range(0, 10_000)
			.mapToObj((i) -> saved("3f2504e0-4f89-11d3-9a0c-0305e82c" + i, NOW + 1 + i / 2))
			.toList();
		KintoCheckpoint checkpoint = KintoCheckpoint.of(KintoTimestamp.of(0))
			.advance("blog/posts", KintoTimestamp.of(NOW), saved, List.of());
		assertThat(checkpoint.toString()).hasSizeBetween(60_000, 70_000);
		assertThat(KintoCheckpoint.valueOf(checkpoint.toString())).isEqualTo(checkpoint);
	}

	@Test
	void checkpointIsConvertedFromAndToText() {
		JsonMapper mapper = new JsonMapper();
		assertThat(mapper.writeValueAsString(Map.of("checkpoint", CHECKPOINT)))
			.isEqualTo("{\"checkpoint\":\"" + TEXT + "\"}");
		assertThat(mapper.readValue("\"" + TEXT + "\"", KintoCheckpoint.class)).isEqualTo(CHECKPOINT);
		assertThat(new DefaultConversionService().convert(TEXT, KintoCheckpoint.class)).isEqualTo(CHECKPOINT);
	}

	private static KintoObject<String> saved(String id, long version) {
		return new KintoObject<>(id, KintoTimestamp.of(version), "data", KintoPermissions.none());
	}

}
