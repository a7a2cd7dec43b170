package io.kintospring.docs;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

@Component
class Greeter {

	private final String greeting;

	Greeter(@Value("${greeting}") String greeting, Environment environment) {
		this.greeting = greeting + " from " + environment.getProperty("mail.host");
	}

	String greeting() {
		return this.greeting;
	}

}
