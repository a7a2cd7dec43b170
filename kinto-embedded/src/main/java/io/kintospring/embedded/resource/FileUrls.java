package io.kintospring.embedded.resource;

import java.net.URI;
import java.util.Optional;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

/**
 * The URLs of files.
 */
final class FileUrls {

	/**
	 * Where the server itself serves files.
	 */
	static final String PATH = "/attachments/";

	private final Optional<URI> baseUrl;

	private final Optional<URI> extraBaseUrl;

	FileUrls(KintoServerSettings settings) {
		this.baseUrl = settings.get(KintoSetting.ATTACHMENT_BASE_URL);
		this.extraBaseUrl = settings.get(KintoSetting.ATTACHMENT_EXTRA_BASE_URL).or(() -> this.baseUrl);
	}

	/**
	 * The URL that clients are told files are below.
	 * @param root the URL of the root of the API
	 * @return the URL, which ends with a slash
	 */
	String base(String root) {
		return this.extraBaseUrl.map(URI::toString)
			.filter((url) -> !url.isEmpty())
			.map((url) -> url.endsWith("/") ? url : url + "/")
			.orElse(root + PATH);
	}

	/**
	 * The URL of a file. As in Kinto, it is relative to the base URL as a link would be:
	 * what comes after the last slash of the base URL goes.
	 * @param root the URL of the root of the API
	 * @param location where the file is
	 * @return the URL, which may be no more than the location
	 */
	String of(String root, String location) {
		URI base = this.baseUrl.orElseGet(() -> URI.create(root + PATH));
		if (base.toString().isEmpty()) {
			return location;
		}
		return base.resolve(base.getRawPath().isEmpty() ? "/" : ".") + location;
	}

}
