package io.kintospring.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blog without a reachable server. The application starts, and its pages
 * show the failure.
 */
@SpringBootTest(properties = "kinto.bucket=blog")
@AutoConfigureMockMvc
class BlogWithoutServerTests {

	/** Reserves a port without listening on it. */
	private static final Socket RESERVED = new Socket();

	@Autowired
	private MockMvcTester mvc;

	@DynamicPropertySource
	static void unreachableServer(DynamicPropertyRegistry properties) throws IOException {
		RESERVED.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		properties.add("kinto.url", () -> "http://127.0.0.1:" + RESERVED.getLocalPort() + "/v1");
	}

	@AfterAll
	static void releasePort() throws IOException {
		RESERVED.close();
	}

	@Test
	void pageShowsReasonAndHealth() {
		assertThat(this.mvc.get().uri("/")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.contains("Connection refused", ">DOWN<");
	}

	@Test
	void userInputIsKept() {
		assertThat(this.mvc.post().uri("/posts").param("title", "Title").param("text", "Much work"))
			.hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.contains("Much work");
	}

}
