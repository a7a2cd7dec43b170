package io.kintospring.boot;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Controller that fails with exceptions of the client.
 */
@RestController
public class FailingController {

	@GetMapping("/missing")
	String missing() {
		throw Failures.response(404);
	}

	@GetMapping("/wrapped")
	String wrapped() {
		throw new IllegalStateException(Failures.response(412));
	}

}
