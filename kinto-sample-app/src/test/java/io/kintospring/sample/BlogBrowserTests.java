package io.kintospring.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blog in a browser. Screenshots are written to {@code target/screenshots}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EnabledIf(value = "browserIsInstalled",
		disabledReason = "requires /usr/bin/chromium and /usr/bin/chromedriver (Debian packages chromium and chromium-driver)")
class BlogBrowserTests {

	private static final File CHROMIUM = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private static ChromeDriver browser;

	private static WebDriverWait wait;

	private CollectionOperations<Post> posts;

	@LocalServerPort
	private int port;

	static boolean browserIsInstalled() {
		return CHROMIUM.canExecute() && DRIVER.canExecute();
	}

	@BeforeAll
	static void openBrowser() throws IOException {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage");
		browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
		wait = new WebDriverWait(browser, Duration.ofSeconds(20));
		// Chromium throws various exceptions while it navigates to another page
		wait.ignoring(WebDriverException.class);
		Files.createDirectories(SCREENSHOTS);
	}

	@AfterAll
	static void closeBrowser() {
		browser.quit();
	}

	@BeforeEach
	void removeAll(@Autowired KintoTemplate kinto) {
		this.posts = kinto.bucket().collection(Blog.COLLECTION, Post.class);
		this.posts.list().data().forEach(this.posts::delete);
	}

	@Test
	void postIsPublishedEditedAndDeleted() {
		open("/");
		follow(By.linkText("New post"));
		type("title", "Hello <Kinto>");
		type("author", "Ann");
		type("text", "First line\nSecond line");
		picture("form");
		follow(button("Publish"));
		assertThat(text(By.className("notice"))).isEqualTo("Published.");
		assertThat(text(By.tagName("h1"))).isEqualTo("Hello <Kinto>");
		assertThat(text(By.cssSelector("article .text"))).isEqualTo("First line\nSecond line");
		assertThat(text(By.id("status"))).endsWith("UP");
		picture("post");

		follow(By.linkText("Edit"));
		type("title", "Hello again");
		follow(button("Save"));
		assertThat(text(By.className("notice"))).isEqualTo("Saved.");
		assertThat(text(By.tagName("h1"))).isEqualTo("Hello again");

		element(By.tagName("summary")).click();
		follow(button("Delete this post permanently"));
		assertThat(text(By.className("notice"))).isEqualTo("Deleted.");
		assertThat(browser.findElements(By.tagName("article"))).isEmpty();
		picture("empty");
	}

	@Test
	void staleEditIsRejectedAndCanBeMerged() {
		String id = this.posts.create(post("A draft", 0)).id();
		open("/posts/" + id + "/edit");
		String mine = browser.getWindowHandle();
		browser.switchTo().newWindow(WindowType.TAB);
		open("/posts/" + id + "/edit");
		type("title", "A better draft");
		type("text", "What the first tab wrote.");
		follow(button("Save"));
		assertThat(text(By.className("notice"))).isEqualTo("Saved.");
		browser.close();
		browser.switchTo().window(mine);

		type("title", "The best draft");
		follow(button("Save"));
		assertThat(text(By.className("warning"))).startsWith("Your changes were not saved");
		assertThat(element(By.id("title")).getDomProperty("value")).isEqualTo("The best draft");
		assertThat(text(By.id("theirs"))).contains("A better draft", "What the first tab wrote.");
		assertThat(this.posts.get(id).data().title()).isEqualTo("A better draft");
		picture("conflict");

		type("text", "What both tabs wrote.");
		follow(button("Save your version"));
		assertThat(text(By.className("notice"))).isEqualTo("Saved.");
		assertThat(text(By.tagName("h1"))).isEqualTo("The best draft");
		assertThat(text(By.cssSelector("article .text"))).isEqualTo("What both tabs wrote.");
	}

	@Test
	void staleDeletionIsRejected() {
		String id = this.posts.create(post("A draft", 0)).id();
		open("/posts/" + id);
		this.posts.patch(id, Map.of("title", "Not a draft any more"));
		element(By.tagName("summary")).click();
		follow(button("Delete this post permanently"));
		assertThat(text(By.className("warning"))).startsWith("The post was not deleted");
		assertThat(text(By.tagName("h1"))).isEqualTo("Not a draft any more");
	}

	@Test
	void blankFieldsHaveErrorMessages() {
		open("/posts/new");
		type("title", " ");
		follow(button("Publish"));
		assertThat(texts(By.className("error"))).containsExactly("Please enter a title", "Please enter some text");
		picture("blank");
	}

	@Test
	void pageOfOlderPostsCanBeReloaded() {
		for (int i = 1; i <= 7; i++) {
			this.posts.create(post("Post " + i, i));
		}
		open("/");
		assertThat(titles()).containsExactly("Post 7", "Post 6", "Post 5", "Post 4", "Post 3");
		picture("posts");
		follow(By.partialLinkText("Older posts"));
		assertThat(titles()).containsExactly("Post 2", "Post 1");
		open("/");
		browser.navigate().back();
		browser.navigate().refresh();
		assertThat(titles()).containsExactly("Post 2", "Post 1");
		follow(By.partialLinkText("Newest posts"));
		assertThat(titles()).hasSize(Blog.PAGE_SIZE).startsWith("Post 7");
	}

	private static Post post(String title, int minute) {
		return new Post(title, "Some text.", "Ann", Instant.parse("2026-11-23T12:00:00Z").plusSeconds(60L * minute));
	}

	private void open(String path) {
		browser.get("http://localhost:" + this.port + path);
	}

	private static void follow(By link) {
		browser.executeScript("window.isLeft = true");
		element(link).click();
		wait.until((driver) -> browser
			.executeScript("return !window.isLeft && document.readyState === 'complete'") == Boolean.TRUE);
	}

	private static void type(String field, String text) {
		WebElement element = element(By.name(field));
		element.clear();
		element.sendKeys(text);
	}

	private static By button(String text) {
		return By.xpath("//button[. = '" + text + "']");
	}

	private static WebElement element(By locator) {
		return wait.until(ExpectedConditions.visibilityOfElementLocated(locator));
	}

	private static String text(By locator) {
		return element(locator).getText();
	}

	private static List<String> texts(By locator) {
		return wait.until(ExpectedConditions.visibilityOfAllElementsLocatedBy(locator))
			.stream()
			.map(WebElement::getText)
			.toList();
	}

	private static List<String> titles() {
		return texts(By.cssSelector("article h2"));
	}

	private static void picture(String name) {
		for (int width : List.of(1200, 390)) {
			browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
					Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", true));
			Object png = browser.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
				.get("data");
			write(SCREENSHOTS.resolve(name + "-" + width + ".png"), Base64.getDecoder().decode((String) png));
		}
		browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
	}

	private static void write(Path file, byte[] bytes) {
		try {
			Files.write(file, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
