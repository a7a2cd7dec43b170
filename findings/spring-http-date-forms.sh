#!/usr/bin/env bash
# Expected: HttpHeaders.getFirstDate reads the three date forms that RFC 9110 section 5.6.7 requires
# recipients to accept, such as the RFC's own examples. In fact Spring Framework 7.0.10 fails with
# IllegalArgumentException on the asctime form if the day has one digit (the RFC pads it with a space), so on
# the first nine days of each month. It also reads the two-digit year of the rfc850 form as 20xx, and fails
# because the day of the week does not match then, although the RFC says that a date more than 50 years ahead
# belongs to the past. getLastModified and similar methods return -1 for such a header. What to do: catch the
# exception and treat the header as absent, or parse the header with a parser of your own; DateTimeFormatter
# with the pattern "EEE MMM ppd HH:mm:ss yyyy" reads the asctime form. Source: RFC 9110 section 5.6.7, and the
# Javadoc of org.springframework.http.HttpHeaders#getFirstDate.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-web</artifactId><version>7.0.10</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^spring-web' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.time.Instant;

import org.springframework.http.HttpHeaders;

public class Finding {

	public static void main(String[] args) {
		boolean asFound = reads("Sun, 06 Nov 1994 08:49:37 GMT", "IMF-fixdate, example of the RFC")
				&& reads("Wed Nov 16 08:49:37 1994", "asctime, day with two digits")
				&& reads("Monday, 06-Nov-23 08:49:37 GMT", "rfc850, year of this century")
				&& !reads("Sun Nov  6 08:49:37 1994", "asctime, example of the RFC")
				&& !reads("Sunday, 06-Nov-94 08:49:37 GMT", "rfc850, example of the RFC");
		System.out.println(asFound ? "As found: two examples of the RFC cannot be read." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static boolean reads(String date, String form) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, date);
		try {
			Instant instant = Instant.ofEpochMilli(headers.getFirstDate(HttpHeaders.RETRY_AFTER));
			System.out.println(form + ": " + date + " -> " + instant);
			return true;
		}
		catch (IllegalArgumentException ex) {
			System.out.println(form + ": " + date + " -> " + ex);
			return false;
		}
	}

}
EOF

java -cp 'lib/*' Finding.java
