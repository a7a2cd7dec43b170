#!/usr/bin/env bash
# Expected: a bean that is no default candidate is used only where its qualifier is, so it does not influence what
# is used elsewhere. In fact, spring-boot-testcontainers 4.1.2 registers no connection details for a container
# with @ServiceConnection if the application has any bean of that type of connection details, even one with
# @Bean(defaultCandidate = false) and a @Qualifier for a second server. It says so only at level DEBUG, and the
# container runs unused: a test then talks to the server of the properties. @ConditionalOnMissingBean of the same
# version ignores such a bean, as expected. What to do: give a second server its own type of bean or its own
# properties in tests, or set the properties of the first one from its container. Source: Javadoc of
# org.springframework.context.annotation.Bean#defaultCandidate, and chapter "Testcontainers" of the Spring Boot
# reference.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-testcontainers</artifactId><version>4.1.2</version></dependency>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-data-redis</artifactId><version>4.1.2</version></dependency>
		<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^(spring-boot-testcontainers|testcontainers|spring-boot-data-redis)-' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.util.Arrays;
import java.util.List;

import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

public class Finding {

	public static void main(String[] args) {
		List<String> alone = detailsOf(Container.class);
		List<String> withOther = detailsOf(Second.class, Container.class);
		System.out.println("connection details with the container alone:                   " + alone);
		System.out.println("connection details with qualified details of a second server: " + withOther);
		boolean asFound = alone.size() == 1 && withOther.equals(List.of("second"));
		System.out.println(asFound ? "As found: the details of the container are missing." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static List<String> detailsOf(Class<?>... configurations) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configurations)) {
			return Arrays.stream(context.getBeanNamesForType(DataRedisConnectionDetails.class))
				.map((name) -> name.replaceAll("@[0-9a-f]+", ""))
				.toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ServiceConnectionAutoConfiguration.class)
	static class Container {

		@Bean
		@ServiceConnection(name = "redis")
		Stub redis() {
			return new Stub();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@Bean(defaultCandidate = false)
		@Qualifier("second")
		DataRedisConnectionDetails second() {
			return new DataRedisConnectionDetails() {
			};
		}

	}

	/**
	 * Container that is never started, because no engine is needed to see the behaviour.
	 */
	static class Stub extends GenericContainer<Stub> {

		Stub() {
			super("redis:8");
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return true;
		}

	}

}
EOF

javac -cp 'lib/*' -d classes Finding.java
java -cp 'classes:lib/*' Finding
