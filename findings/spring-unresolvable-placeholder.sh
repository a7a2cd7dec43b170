#!/usr/bin/env bash
# Expected: in a Spring Boot application a property has one value, however it is read. In fact,
# Environment.getProperty of Spring Framework 7.0.10 throws PlaceholderResolutionException if the value
# contains a placeholder that cannot be resolved. The Binder of Spring Boot 4.1.2, and so
# @ConfigurationProperties, keeps the text of the placeholder. A misspelt placeholder therefore goes unnoticed
# through the Binder, which binds a URL such as http://${host}/. Code that reads the same property from the
# Environment fails. What to do: read a property in one way only, and validate bound values, for example by
# rejecting "${" in URLs and names. Source: Javadoc of
# org.springframework.core.env.PropertyResolver#getProperty and #resolvePlaceholders, and chapter "Property
# Placeholders" of the Spring Boot reference.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot</artifactId><version>4.1.2</version></dependency>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-autoconfigure</artifactId><version>4.1.2</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^spring-(boot-4|core)' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

public class Finding {

	public static void main(String[] args) {
		StandardEnvironment plain = new StandardEnvironment();
		plain.getPropertySources().addFirst(new MapPropertySource("test", Map.of("app.url", "http://${app.host}/")));
		boolean asFound = check("plain environment", plain);

		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLogStartupInfo(false);
		application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
		asFound &= check("Boot's environment", application.run("--app.url=http://${app.host}/").getEnvironment());

		System.out.println(asFound ? "As found: the Environment throws, the Binder keeps the placeholder." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static boolean check(String what, ConfigurableEnvironment environment) {
		String read;
		try {
			read = environment.getProperty("app.url");
		}
		catch (RuntimeException ex) {
			read = ex.toString();
		}
		String bound = Binder.get(environment).bind("app.url", String.class).get();
		System.out.println(what + ", getProperty: " + read);
		System.out.println(what + ", Binder:      " + bound);
		return read.contains("PlaceholderResolutionException") && bound.equals("http://${app.host}/");
	}

	@Configuration(proxyBeanMethods = false)
	static class App {

	}

}
EOF

java -cp 'lib/*' Finding.java
