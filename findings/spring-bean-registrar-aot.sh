#!/usr/bin/env bash
# Expected: ahead-of-time processing registers the same beans as a normal refresh. In fact the code that
# Spring Framework 7.0.10 generates applies the BeanRegistrar of every configuration class that was parsed.
# This includes classes that a condition of the phase REGISTER_BEAN skips later, such as Spring Boot's
# @ConditionalOnBean and @ConditionalOnMissingBean. The beans of a configuration that backs off then exist
# only in an application that was processed ahead of time; its @Bean methods are left out in both. A condition
# of the phase PARSE_CONFIGURATION works, because the class is not parsed. What to do: use @Bean methods in
# configurations that back off because of other beans, and import registrars only under conditions of the
# phase PARSE_CONFIGURATION, such as @ConditionalOnClass. Source: chapter "Programmatic Bean Registration" of
# the Spring Framework reference, and Javadoc of ConfigurationCondition.ConfigurationPhase.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId><version>7.0.10</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^spring-context' | tr '\n' ' ')"

mkdir -p src/demo classes
cat > src/demo/Skipped.java <<'EOF'
package demo;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

public class Skipped {

	@Configuration(proxyBeanMethods = false)
	@Conditional(NotRegistered.class)
	@Import(LateRegistrar.class)
	public static class Late {

		@Bean
		StringBuilder lateMethod() {
			return new StringBuilder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(NotParsed.class)
	@Import(EarlyRegistrar.class)
	public static class Early {

	}

	public static class LateRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			registry.registerBean("lateRegistrar", StringBuilder.class);
		}

	}

	public static class EarlyRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			registry.registerBean("earlyRegistrar", StringBuilder.class);
		}

	}

	public static class NotRegistered implements ConfigurationCondition {

		@Override
		public ConfigurationPhase getConfigurationPhase() {
			return ConfigurationPhase.REGISTER_BEAN;
		}

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return false;
		}

	}

	public static class NotParsed extends NotRegistered {

		@Override
		public ConfigurationPhase getConfigurationPhase() {
			return ConfigurationPhase.PARSE_CONFIGURATION;
		}

	}

}
EOF
cat > src/demo/Finding.java <<'EOF'
package demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

public class Finding {

	public static void main(String[] args) throws Exception {
		GenericApplicationContext context = new GenericApplicationContext();
		if (args[0].equals("generated")) {
			initializer("demo.Finding__ApplicationContextInitializer").initialize(context);
		}
		else {
			new AnnotatedBeanDefinitionReader(context).register(Skipped.Late.class, Skipped.Early.class);
		}
		if (args[0].equals("generate")) {
			DefaultGenerationContext generation = new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(Finding.class)),
					new FileSystemGeneratedFiles(Path.of("generated")));
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return;
		}
		context.refresh();
		List<String> beans = Stream.of("lateMethod", "lateRegistrar", "earlyRegistrar").filter(context::containsBean).toList();
		System.out.println("beans with the " + args[0] + " context: " + beans);
		if (!beans.equals(Arrays.asList(args).subList(1, args.length))) {
			System.out.println("The behaviour has changed.");
			System.exit(1);
		}
	}

	@SuppressWarnings("unchecked")
	static ApplicationContextInitializer<GenericApplicationContext> initializer(String name) throws Exception {
		return (ApplicationContextInitializer<GenericApplicationContext>) Class.forName(name).getDeclaredConstructor().newInstance();
	}

}
EOF

javac -cp 'lib/*' -d classes src/demo/*.java
java -cp 'classes:lib/*' demo.Finding normal
java -cp 'classes:lib/*' demo.Finding generate
find generated/sources -name '*.java' >sources
javac -nowarn -cp 'classes:lib/*' -d classes @sources
java -cp 'classes:generated/classes:lib/*' demo.Finding generated lateRegistrar
echo "As found: the generated context has a bean of a configuration that was skipped."
