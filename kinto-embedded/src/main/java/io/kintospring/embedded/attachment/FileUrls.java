package io.kintospring.embedded.attachment;

import java.net.URI;
import java.util.Optional;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

/**
 * URLs of attachments.
 */
public final class FileUrls {

	/**
	 * Path below which the server serves files.
	 */
	public static final String PATH = "/attachments/";

	private final Optional<URI> baseUrl;

	private final Optional<URI> extraBaseUrl;

	public FileUrls(KintoServerSettings settings) {
		this.baseUrl = settings.get(KintoSetting.ATTACHMENT_BASE_URL);
		this.extraBaseUrl = settings.get(KintoSetting.ATTACHMENT_EXTRA_BASE_URL).or(() -> this.baseUrl);
	}

	/**
	 * Return the base URL of attachments that the root URL reports.
	 * @param root the root URL of the API
	 * @return the URL, which ends with a slash
	 */
	public String base(String root) {
		return this.extraBaseUrl.map(URI::toString)
			.filter((url) -> !url.isEmpty())
			.map((url) -> url.endsWith("/") ? url : url + "/")
			.orElse(root + PATH);
	}

	/**
	 * Return the URL of a file. As in Kinto, it is resolved like a relative link, so the
	 * part after the last slash of the base URL is removed.
	 * @param root the root URL of the API
	 * @param location the location of the file
	 * @return the URL, or only the location if the base URL is empty
	 */
	String of(String root, String location) {
		URI base = this.baseUrl.orElseGet(() -> URI.create(root + PATH));
		if (base.toString().isEmpty()) {
			return location;
		}
		return base.resolve(base.getRawPath().isEmpty() ? "/" : ".") + location;
	}

}
