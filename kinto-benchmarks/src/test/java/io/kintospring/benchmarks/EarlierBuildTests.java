package io.kintospring.benchmarks;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EarlierBuildTests {

	private static final String BENCHMARKS = location(Rounds.class);

	private static final String CLIENT = location(KintoTemplate.class);

	@Test
	void entriesOfTheEarlierBuildReplaceEntriesOfThisBuild() {
		String entries = BENCHMARKS + File.pathSeparator + CLIENT;
		String classPath = EarlierBuild.classPath(entries);
		assertThat(classPath).startsWith(entries + File.pathSeparator);
		assertThat(classPath.substring(entries.length())).contains("reactor-core")
			.doesNotContain(BENCHMARKS + File.pathSeparator, CLIENT + File.pathSeparator);
	}

	@Test
	void benchmarksAndClientAreRequired() {
		assertThatIllegalArgumentException().isThrownBy(() -> EarlierBuild.classPath(CLIENT))
			.withMessageContaining("kinto-benchmarks")
			.withMessageContaining(CLIENT);
		assertThatIllegalArgumentException().isThrownBy(() -> EarlierBuild.classPath(BENCHMARKS))
			.withMessageContaining("kinto-client");
	}

	private static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
