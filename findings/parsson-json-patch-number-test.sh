#!/usr/bin/env bash
# Expected: the "test" operation of a JSON Patch treats 1 and 1.0 as equal, because RFC 6902 section 4.6
# compares numbers by their numeric value. In fact Eclipse Parsson 1.1.8, an implementation of Jakarta JSON
# Processing, also compares their scale, as BigDecimal.equals does. The operation fails for 1 and 1.0, for
# 1.50 and 1.5, and for 100 and 1e2. Clients that write whole doubles as 1.0 fail against servers that stored
# 1. What to do: normalize the numbers of the document and of the patch before you apply it
# (BigDecimal.stripTrailingZeros), or evaluate "test" yourself with compareTo. Source: RFC 6902 section 4.6,
# and Javadoc of jakarta.json.JsonNumber#equals, which defines the comparison that the patch should not use.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.eclipse.parsson</groupId><artifactId>parsson</artifactId><version>1.1.8</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E 'parsson|json' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.StringReader;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;

public class Finding {

	public static void main(String[] args) {
		boolean asFound = passes("1", "1") & passes("1.0", "1.0") & !passes("1", "1.0") & !passes("1.50", "1.5") & !passes("100", "1e2");
		System.out.println(asFound ? "As found: numbers of equal value and different spelling are not equal." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static boolean passes(String stored, String tested) {
		JsonObject document = Json.createReader(new StringReader("{\"n\":" + stored + "}")).readObject();
		String patch = "[{\"op\":\"test\",\"path\":\"/n\",\"value\":" + tested + "}]";
		try {
			Json.createPatch(Json.createReader(new StringReader(patch)).readArray()).apply(document);
			System.out.println("stored " + stored + ", tested " + tested + ": passes");
			return true;
		}
		catch (JsonException ex) {
			System.out.println("stored " + stored + ", tested " + tested + ": " + ex.getMessage());
			return false;
		}
	}

}
EOF

java -cp 'lib/*' Finding.java
