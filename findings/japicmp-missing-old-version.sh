#!/usr/bin/env bash
# Expected: japicmp-maven-plugin 0.27.0 fails if the version to compare with cannot be resolved, because its
# documentation gives the default "false" for ignoreMissingOldVersion. In fact, the build passes with a warning, so a
# mistyped or unpublished baseline turns the check of API compatibility off. With an explicit "false", the build
# fails. What to do: set ignoreMissingOldVersion to false. Source: parameter table of the plugin's documentation.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java
echo 'public class Api { public void call() { } }' > src/main/java/Api.java

project() {
  cat > pom.xml <<EOF
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>2</version>
	<properties>
		<maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>
		<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
	</properties>
	<build><plugins><plugin>
		<groupId>com.github.siom79.japicmp</groupId><artifactId>japicmp-maven-plugin</artifactId><version>0.27.0</version>
		<executions><execution><goals><goal>cmp</goal></goals></execution></executions>
		<configuration>
			<oldVersion><dependency>
				<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><type>jar</type>
			</dependency></oldVersion>
			<parameter><breakBuildOnBinaryIncompatibleModifications>true</breakBuildOnBinaryIncompatibleModifications>$1</parameter>
		</configuration>
	</plugin></plugins></build>
</project>
EOF
  if mvn -B verify > mvn.log 2>&1; then echo passes; else echo fails; fi
}

explicit="$(project '<ignoreMissingOldVersion>false</ignoreMissingOldVersion>')"
grep -qE "findings:finding:jar:1|Could not resolve dependency with descriptor" mvn.log || { cat mvn.log >&2; exit 2; }
byDefault="$(project '')"
echo "japicmp-maven-plugin 0.27.0, version to compare with is missing"
echo "ignoreMissingOldVersion=false: the build $explicit"
echo "by default:                    the build $byDefault"
grep -iE "WARN.*(resolve|old)" mvn.log | head -2 | cut -c1-160 || true
if [ "$explicit" = fails ] && [ "$byDefault" = passes ]; then
  echo "As found: the default is true."
else
  echo "The behaviour has changed."
  exit 1
fi
