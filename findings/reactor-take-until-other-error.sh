#!/usr/bin/env bash
# Expected: when the companion of Flux.takeUntilOther fails, the operator cancels the source and passes the
# error on, as it cancels the source when the companion emits or completes. In fact reactor-core 3.8.8 passes
# the error on but does not cancel the source. The source keeps running without a subscriber, so polling,
# connections and timers leak. What to do: merge the materialized source and the materialized companion and
# dematerialize the result, as the last call below does; it ends with the first end or error of the two and
# cancels the other one. Source: Javadoc of reactor.core.publisher.Flux#takeUntilOther, which does not mention
# errors of the companion.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>io.projectreactor</groupId><artifactId>reactor-core</artifactId><version>3.8.8</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^reactor-core' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public class Finding {

	public static void main(String[] args) throws Exception {
		boolean value = sourceIsCancelled("emits a value", Mono.just(1));
		boolean complete = sourceIsCancelled("completes", Mono.empty());
		boolean error = sourceIsCancelled("fails", Mono.error(new IllegalStateException("stop")));
		boolean merged = sourceIsCancelled("fails, with merge", Mono.error(new IllegalStateException("stop")));
		if (!value || !complete || error || !merged) {
			System.out.println("The behaviour has changed.");
			System.exit(1);
		}
		System.out.println("As found: an error of the companion does not cancel the source.");
		System.exit(0);
	}

	static boolean sourceIsCancelled(String what, Mono<Integer> signal) throws Exception {
		AtomicInteger ticks = new AtomicInteger();
		AtomicBoolean cancelled = new AtomicBoolean();
		StringBuffer end = new StringBuffer();
		Flux<Long> source = Flux.interval(Duration.ofMillis(50))
			.doOnNext(tick -> ticks.incrementAndGet())
			.doOnCancel(() -> cancelled.set(true));
		Mono<Integer> companion = signal.delaySubscription(Duration.ofMillis(220));
		Flux<Long> limited = what.endsWith("with merge")
				? Flux.merge(source.materialize(), companion.then(Mono.<Long>empty()).materialize()).dematerialize()
				: source.takeUntilOther(companion);
		limited.subscribe(tick -> { }, failure -> end.append("error ").append(failure.getMessage()), () -> end.append("complete"));
		Thread.sleep(500);
		int before = ticks.get();
		Thread.sleep(500);
		System.out.printf("companion %s: subscriber saw '%s', source cancelled: %s, ticks of the source: %d, half a second later: %d%n",
				what, end, cancelled, before, ticks.get());
		return cancelled.get() && ticks.get() == before;
	}

}
EOF

java -cp 'lib/*' Finding.java
