package io.kintospring.embedded.settings;

import java.net.URI;
import java.text.Collator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kintospring.embedded.json.KintoJson;
import tools.jackson.core.JacksonException;

/**
 * Setting of the server, named as in Kinto's configuration file without the prefix
 * {@code kinto.}.
 *
 * @param <T> the type of the value
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/configuration/settings.html">Kinto's
 * settings</a>
 */
public final class KintoSetting<T> {

	static final String ATTACHMENT_PREFIX = "attachment.";

	private static final String PREFIX = "kinto.";

	private static final Map<String, String> DEFAULT_MIMETYPES = Map.of(".pem", "application/x-pem-file", ".geojson",
			"application/geojson");

	private static final String FILENAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";

	private static final Set<String> TRUE = Set.of("true", "yes", "on", "1", "t", "y");

	private static final Set<String> FALSE = Set.of("false", "no", "off", "0", "f", "n", "");

	private static final Pattern PRINCIPALS = Pattern
		.compile("(bucket|group|collection|record|account)_(create|read|write)_principals");

	/**
	 * Documentation of Kinto.
	 */
	public static final String DOCUMENTATION = "https://kinto.readthedocs.io/";

	/**
	 * Authentication policy for accounts with passwords.
	 */
	public static final String ACCOUNT = "account";

	/**
	 * Authentication policy that accepts any username with any password.
	 */
	public static final String BASICAUTH = "basicauth";

	/**
	 * Authentication policy for bearer tokens.
	 */
	public static final String OPENID = "openid";

	private static final Pattern RESOURCE_SETTING = Pattern
		.compile("attachment\\.resources(\\.[^.]+){1,2}\\.(randomize|filename_pattern|keep_old_files|max_size_bytes)");

	private static final Pattern RECORD_CACHE_SETTING = Pattern
		.compile("[^.]+(\\.[^.]+)?\\.record_cache_expires_seconds");

	private static final Map<String, KintoSetting<?>> ALL = new HashMap<>();

	/**
	 * Storage backend whose behavior the server imitates. The default is PostgreSQL.
	 */
	public static final KintoSetting<StorageBackend> STORAGE_BACKEND = known("storage_backend",
			StorageBackend.POSTGRESQL, StorageBackend::named);

	/**
	 * Maximum number of requests in a batch, or 0 for no limit. The default is 25.
	 */
	public static final KintoSetting<Integer> BATCH_MAX_REQUESTS = known("batch_max_requests", 25,
			KintoSetting::natural);

	/**
	 * Maximum number of objects on a page of a list, or 0 for no limit. The default is 0.
	 */
	public static final KintoSetting<Integer> PAGINATE_BY = known("paginate_by", 0, KintoSetting::natural);

	/**
	 * Maximum number of objects in a response, whatever the request asks for. The default
	 * is 10,000.
	 */
	public static final KintoSetting<Integer> STORAGE_MAX_FETCH_SIZE = known("storage_max_fetch_size", 10_000,
			KintoSetting::natural);

	/**
	 * Validity of the page tokens of a deletion, in seconds. The default is 600.
	 */
	public static final KintoSetting<Integer> PAGINATION_TOKEN_VALIDITY_SECONDS = known(
			"pagination_token_validity_seconds", 600, KintoSetting::natural);

	/**
	 * Whether the server rejects writes. The default is false.
	 */
	public static final KintoSetting<Boolean> READONLY = known("readonly", false, KintoSetting::flag);

	/**
	 * Value of the {@code Backoff} header of responses, in seconds. By default, there is
	 * no such header.
	 */
	public static final KintoSetting<Optional<Integer>> BACKOFF = known("backoff", Optional.empty(),
			(text) -> Optional.of(natural(text)));

	/**
	 * Percentage of responses with a {@code Backoff} header. By default, all responses
	 * have it.
	 */
	public static final KintoSetting<Optional<Integer>> BACKOFF_PERCENTAGE = known("backoff_percentage",
			Optional.empty(), (text) -> Optional.of(natural(text)));

	/**
	 * Date of the end of service. Before this date, responses have an {@code Alert}
	 * header; afterwards, all requests fail. By default, the service does not end.
	 */
	public static final KintoSetting<Optional<EosDate>> EOS = known("eos", Optional.empty(),
			(text) -> Optional.of(EosDate.parse(text)));

	/**
	 * Message for developers about the end of service. Empty by default.
	 */
	public static final KintoSetting<String> EOS_MESSAGE = known("eos_message", "", Function.identity());

	/**
	 * URL of more information about the end of service. The default is the documentation
	 * of Kinto.
	 */
	public static final KintoSetting<String> EOS_URL = known("eos_url", DOCUMENTATION, Function.identity());

	/**
	 * Secret that the server derives user ids from. The default is
	 * {@code kinto-embedded}.
	 */
	public static final KintoSetting<String> USERID_HMAC_SECRET = known("userid_hmac_secret", "kinto-embedded",
			Function.identity());

	/**
	 * Secret that the server derives the ids of personal buckets from. Empty by default.
	 */
	public static final KintoSetting<String> DEFAULT_BUCKET_HMAC_SECRET = known("default_bucket_hmac_secret", "",
			Function.identity());

	/**
	 * Principals that can create buckets. By default, these are all authenticated users.
	 */
	public static final KintoSetting<Set<String>> BUCKET_CREATE_PRINCIPALS = known("bucket_create_principals",
			Set.of("system.Authenticated"), KintoSetting::words);

	/**
	 * Principals that can create accounts. By default, these are all users.
	 */
	public static final KintoSetting<Set<String>> ACCOUNT_CREATE_PRINCIPALS = known("account_create_principals",
			Set.of("system.Everyone"), KintoSetting::words);

	/**
	 * Plugins of the server. By default, these are the plugins that come with Kinto.
	 */
	public static final KintoSetting<Set<Plugin>> INCLUDES = known("includes",
			Set.of(Plugin.DEFAULT_BUCKET, Plugin.FLUSH, Plugin.HISTORY, Plugin.ACCOUNTS),
			(text) -> words(text).stream().map(Plugin::named).collect(Collectors.toUnmodifiableSet()));

	/**
	 * Authentication policies. The default is {@code account basicauth}. Bearer tokens
	 * enable the policy {@code openid} in addition.
	 */
	public static final KintoSetting<Set<String>> MULTIAUTH_POLICIES = known("multiauth.policies",
			Set.of(ACCOUNT, BASICAUTH), KintoSetting::policies);

	/**
	 * Whether the server validates objects against the JSON schemas of their collection
	 * and bucket. The default is true.
	 */
	public static final KintoSetting<Boolean> EXPERIMENTAL_COLLECTION_SCHEMA_VALIDATION = known(
			"experimental_collection_schema_validation", true, KintoSetting::flag);

	/**
	 * Whether users can list their permissions. The default is true.
	 */
	public static final KintoSetting<Boolean> EXPERIMENTAL_PERMISSIONS_ENDPOINT = known(
			"experimental_permissions_endpoint", true, KintoSetting::flag);

	/**
	 * Time that anonymous readers can cache records, in seconds. Buckets and collections
	 * can override it. By default, responses forbid caching.
	 */
	public static final KintoSetting<Optional<Integer>> RECORD_CACHE_EXPIRES_SECONDS = known(
			"record_cache_expires_seconds", Optional.empty(), (text) -> Optional.of(natural(text)));

	/**
	 * Value of the {@code Retry-After} header of responses with 409, 429 or 503, in
	 * seconds: after conflicts, values that PostgreSQL rejects, and faults. The default
	 * is 3.
	 */
	public static final KintoSetting<Integer> RETRY_AFTER_SECONDS = known("retry_after_seconds", 3,
			KintoSetting::natural);

	/**
	 * Scheme of URLs in responses. By default, it is the scheme of the request.
	 */
	public static final KintoSetting<Optional<String>> HTTP_SCHEME = known("http_scheme", Optional.empty(),
			Optional::of);

	/**
	 * Host and port of URLs in responses. By default, they are those of the request.
	 */
	public static final KintoSetting<Optional<String>> HTTP_HOST = known("http_host", Optional.empty(), Optional::of);

	/**
	 * Base path of the API, such as {@code /storage}. Empty by default.
	 */
	public static final KintoSetting<String> BASE_PATH = known("embedded.base_path", "", KintoSetting::basePath);

	/**
	 * Maximum size of a request body, and of an object after a JSON patch, in bytes. The
	 * default is 16 MiB.
	 */
	public static final KintoSetting<Integer> MAX_BODY_BYTES = known("embedded.max_body_bytes", 16 * 1024 * 1024,
			KintoSetting::natural);

	/**
	 * Maximum size of a response body, in bytes. A request that asks for more fails. The
	 * default is 64 MiB. Files are not limited.
	 */
	public static final KintoSetting<Integer> MAX_RESPONSE_BYTES = known("embedded.max_response_bytes",
			64 * 1024 * 1024, KintoSetting::natural);

	/**
	 * Time after which the server closes a connection without a request, in seconds, or 0
	 * to keep it open. The default is 120, as with waitress, which usually serves Kinto.
	 */
	public static final KintoSetting<Integer> IDLE_TIMEOUT_SECONDS = known("embedded.idle_timeout_seconds", 120,
			KintoSetting::natural);

	/**
	 * Origins whose scripts can use the API, with the wildcards {@code *} and {@code ?}.
	 * By default, these are all origins.
	 */
	public static final KintoSetting<Set<String>> CORS_ORIGINS = known("cors_origins", Set.of("*"),
			KintoSetting::words);

	/**
	 * Time that browsers can cache the response to a preflight request, in seconds. The
	 * default is 3600. There is no such header if the value is 0 or empty.
	 */
	public static final KintoSetting<Optional<Integer>> CORS_MAX_AGE_SECONDS = known("cors_max_age_seconds",
			Optional.of(3600),
			(text) -> Optional.of(text.isBlank() ? 0 : natural(text)).filter((seconds) -> seconds > 0));

	/**
	 * Whether the server has the endpoint that removes all data, whatever the plugins
	 * are. This was a setting of Kinto before version 7. By default, the plugins decide.
	 */
	public static final KintoSetting<Optional<Boolean>> FLUSH_ENDPOINT_ENABLED = known("flush_endpoint_enabled",
			Optional.empty(), (text) -> Optional.of(flag(text)));

	/**
	 * Delay of every response, in milliseconds. The default is 0.
	 */
	public static final KintoSetting<Integer> LATENCY_MILLISECONDS = known("embedded.latency_milliseconds", 0,
			KintoSetting::natural);

	/**
	 * Way to handle requests that are in flight at the same time. By default, they are
	 * handled one after another.
	 */
	public static final KintoSetting<Concurrency> CONCURRENCY = known("embedded.concurrency", Concurrency.SERIAL,
			Concurrency::named);

	/**
	 * Seed of the random decisions about concurrent requests. The default is 0.
	 */
	public static final KintoSetting<Integer> CONCURRENCY_SEED = known("embedded.concurrency_seed", 0,
			KintoSetting::natural);

	/**
	 * Percentage of the requests that begin before the other requests in flight are
	 * committed. The default is 50.
	 */
	public static final KintoSetting<Integer> CONCURRENCY_PERCENTAGE = known("embedded.concurrency_percentage", 50,
			KintoSetting::percentage);

	/**
	 * Time to wait for further requests in flight, in milliseconds. The default is 10.
	 */
	public static final KintoSetting<Integer> CONCURRENCY_MILLISECONDS = known("embedded.concurrency_milliseconds", 10,
			KintoSetting::natural);

	/**
	 * Locale whose rules order text with the PostgreSQL backend. By default, text is
	 * ordered by code point, as with the collations {@code C} and {@code C.UTF-8}.
	 */
	public static final KintoSetting<Optional<Locale>> COLLATION = known("embedded.collation", Optional.empty(),
			KintoSetting::collation);

	/**
	 * Name of the project in the response of the root URL. The default is {@code kinto}.
	 */
	public static final KintoSetting<String> PROJECT_NAME = known("project_name", "kinto", Function.identity());

	/**
	 * Base URL of the attachments in records. By default, the server serves the files
	 * itself. If the value is empty, records contain relative locations.
	 */
	public static final KintoSetting<Optional<URI>> ATTACHMENT_BASE_URL = known("attachment.base_url", Optional.empty(),
			(text) -> Optional.of(url(text)));

	/**
	 * Base URL of attachments that the root URL reports, if it differs from the one in
	 * records.
	 */
	public static final KintoSetting<Optional<URI>> ATTACHMENT_EXTRA_BASE_URL = known("attachment.extra.base_url",
			Optional.empty(), (text) -> Optional.of(url(text)));

	/**
	 * Folder of a file, with the placeholders {@code {bucket_id}},
	 * {@code {collection_id}} and {@code {id}} for the id of the record. Empty by
	 * default.
	 */
	public static final KintoSetting<String> ATTACHMENT_FOLDER = known("attachment.folder", "", KintoSetting::folder);

	/**
	 * Whether files get random names. The default is true.
	 */
	public static final KintoSetting<Boolean> ATTACHMENT_RANDOMIZE = known("attachment.randomize", true,
			KintoSetting::flag);

	/**
	 * Pattern for the name of a file, with the placeholders {@code {datetime}},
	 * {@code {rid}} for the id of the record, and {@code {filename}}. The default is
	 * {@code {filename}}.
	 */
	public static final KintoSetting<String> ATTACHMENT_FILENAME_PATTERN = known("attachment.filename_pattern",
			"{filename}", KintoSetting::filenamePattern);

	/**
	 * Whether the server keeps the old file when it is replaced or its record is deleted.
	 * The default is false.
	 */
	public static final KintoSetting<Boolean> ATTACHMENT_KEEP_OLD_FILES = known("attachment.keep_old_files", false,
			KintoSetting::flag);

	/**
	 * Maximum size of a file, in bytes, or 0 for no limit other than that of the request
	 * body. The default is 0.
	 */
	public static final KintoSetting<Integer> ATTACHMENT_MAX_SIZE_BYTES = known("attachment.max_size_bytes", 0,
			KintoSetting::natural);

	/**
	 * Extensions that files can have. By default, these are extensions of documents,
	 * text, images and data.
	 */
	public static final KintoSetting<FileExtensions> ATTACHMENT_EXTENSIONS = known("attachment.extensions",
			FileExtensions.parse("default"), FileExtensions::parse);

	/**
	 * Media types by file extension, with the dot. They override the type that the client
	 * declares. The default has types for {@code .pem} and {@code .geojson}.
	 */
	public static final KintoSetting<Map<String, String>> ATTACHMENT_MIMETYPES = known("attachment.mimetypes",
			DEFAULT_MIMETYPES, KintoSetting::mimetypes);

	private final String name;

	private final T defaultValue;

	private final Function<String, T> parser;

	private KintoSetting(String name, T defaultValue, Function<String, T> parser) {
		this.name = name;
		this.defaultValue = defaultValue;
		this.parser = parser;
	}

	/**
	 * Return the setting that grants principals a permission on all objects of a
	 * resource.
	 * @param resourceName the name of the resource, such as {@code bucket}
	 * @param permission the permission, such as {@code create}
	 * @return the setting, which is empty by default
	 */
	@SuppressWarnings("unchecked")
	public static KintoSetting<Set<String>> principals(String resourceName, String permission) {
		String name = resourceName + "_" + permission + "_principals";
		return (KintoSetting<Set<String>>) ALL.getOrDefault(name,
				new KintoSetting<>(name, Set.of(), KintoSetting::words));
	}

	/**
	 * Return the setting with a name.
	 * @param name the name, with or without the prefix {@code kinto.}
	 * @return the setting
	 * @throws IllegalArgumentException if this server does not support such a setting
	 */
	public static KintoSetting<?> named(String name) {
		String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
		KintoSetting<?> setting = ALL.get(bare);
		if (setting != null) {
			return setting;
		}
		if (PRINCIPALS.matcher(bare).matches()) {
			return new KintoSetting<>(bare, Set.of(), KintoSetting::words);
		}
		if (RESOURCE_SETTING.matcher(bare).matches()) {
			return named(ATTACHMENT_PREFIX + bare.substring(bare.lastIndexOf('.') + 1)).renamed(bare);
		}
		if (RECORD_CACHE_SETTING.matcher(bare).matches()) {
			return RECORD_CACHE_EXPIRES_SECONDS.renamed(bare);
		}
		throw new IllegalArgumentException(
				"The embedded Kinto server does not support the setting '%s'. Supported settings: %s".formatted(name,
						ALL.keySet().stream().sorted().collect(Collectors.joining(", "))));
	}

	/**
	 * Return the name of the setting.
	 * @return the name, without the prefix {@code kinto.}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the name of the setting for one bucket or collection.
	 * @param ids the id of the bucket, and the id of the collection if there is one
	 * @return the name
	 */
	String name(List<String> ids) {
		String place = String.join(".", ids) + ".";
		return this.name.startsWith(ATTACHMENT_PREFIX)
				? ATTACHMENT_PREFIX + "resources." + place + this.name.substring(ATTACHMENT_PREFIX.length())
				: place + this.name;
	}

	T defaultValue() {
		return this.defaultValue;
	}

	T parse(String text) {
		try {
			return this.parser.apply(unquoted(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Invalid value '%s' of %s%s: %s".formatted(text, PREFIX, this.name, ex.getMessage()), ex);
		}
	}

	@Override
	public String toString() {
		return PREFIX + this.name;
	}

	private static <T> KintoSetting<T> known(String name, T defaultValue, Function<String, T> parser) {
		KintoSetting<T> setting = new KintoSetting<>(name, defaultValue, parser);
		ALL.put(name, setting);
		return setting;
	}

	private KintoSetting<T> renamed(String newName) {
		return new KintoSetting<>(newName, this.defaultValue, this.parser);
	}

	/**
	 * Return whether a setting belongs to the plugin for attachments, and not to a bucket
	 * with the same name.
	 */
	static boolean isOfAttachments(String name) {
		return name.startsWith(ATTACHMENT_PREFIX) && !RECORD_CACHE_SETTING.matcher(name).matches();
	}

	/**
	 * Kinto reads each value as JSON if possible, so quotes around it do not belong to
	 * it.
	 */
	private static String unquoted(String text) {
		if (!text.stripLeading().startsWith("\"")) {
			return text;
		}
		try {
			return KintoJson.read(text).asString();
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	private static int natural(String text) {
		String digits = text.strip();
		if (!digits.matches("\\d{1,9}")) {
			throw new IllegalArgumentException("must be a whole number between 0 and 999999999");
		}
		return Integer.parseInt(digits);
	}

	private static int percentage(String text) {
		int number = natural(text);
		if (number > 100) {
			throw new IllegalArgumentException("must be a whole number between 0 and 100");
		}
		return number;
	}

	private static boolean flag(String text) {
		String word = text.strip().toLowerCase(Locale.ROOT);
		if (!TRUE.contains(word) && !FALSE.contains(word)) {
			throw new IllegalArgumentException("must be true or false");
		}
		return TRUE.contains(word);
	}

	private static Optional<Locale> collation(String text) {
		String name = text.strip().replaceFirst("[.@].*", "");
		if (Set.of("C", "POSIX").contains(name)) {
			return Optional.empty();
		}
		Locale locale = Locale.forLanguageTag(name.replace('_', '-'));
		if (!Set.of(Collator.getAvailableLocales()).contains(locale)) {
			throw new IllegalArgumentException("must be C.UTF-8, or a locale with a collation, such as de_DE");
		}
		return Optional.of(locale);
	}

	private static String basePath(String text) {
		String path = text.strip().replaceFirst("/+$", "");
		if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
			throw new IllegalArgumentException("must be a path such as /storage");
		}
		return path;
	}

	private static URI url(String text) {
		URI url = URI.create(text.strip());
		if (url.isOpaque()) {
			throw new IllegalArgumentException("must be a hierarchical URL");
		}
		return url;
	}

	private static String folder(String text) {
		return template(text.strip().replaceFirst("/$", ""), "(%1$s(/%1$s)*)?".formatted(FILENAME),
				List.of("bucket_id", "collection_id", "id"));
	}

	private static String filenamePattern(String text) {
		return template(text.strip(), FILENAME, List.of("datetime", "rid", "filename"));
	}

	private static String template(String text, String valid, List<String> placeholders) {
		String filled = text;
		for (String placeholder : placeholders) {
			filled = filled.replace("{" + placeholder + "}", placeholder);
		}
		if (!filled.matches(valid)) {
			throw new IllegalArgumentException(
					"must have only characters that are safe in paths, and the placeholders " + placeholders);
		}
		return text;
	}

	private static Map<String, String> mimetypes(String text) {
		Map<String, String> types = new HashMap<>(DEFAULT_MIMETYPES);
		for (String pair : text.strip().split(";")) {
			String[] parts = pair.split(":");
			if (parts.length != 2) {
				throw new IllegalArgumentException(
						"must be pairs such as .ftl:application/vnd.fluent, separated by semicolons");
			}
			types.put(parts[0], parts[1]);
		}
		return Map.copyOf(types);
	}

	private static Set<String> policies(String text) {
		Set<String> policies = words(text);
		if (!Set.of(ACCOUNT, BASICAUTH, OPENID).containsAll(policies)) {
			throw new IllegalArgumentException("must be a list of account, basicauth and openid");
		}
		List<String> order = List.copyOf(policies);
		if (policies.contains(BASICAUTH) && order.indexOf(BASICAUTH) < order.indexOf(ACCOUNT)) {
			throw new IllegalArgumentException("must name account before basicauth");
		}
		return policies;
	}

	private static Set<String> words(String text) {
		return Arrays.stream(text.strip().split("\\s+"))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
