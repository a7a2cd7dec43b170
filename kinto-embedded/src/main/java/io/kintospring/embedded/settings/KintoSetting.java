package io.kintospring.embedded.settings;

import java.net.URI;
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

/**
 * A setting of the server, by the name that it has in Kinto's configuration file (without
 * the prefix <code>kinto.</code>).
 *
 * @param <T> the type of its value
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
	 * The policy by which users have accounts with passwords.
	 */
	public static final String ACCOUNT = "account";

	/**
	 * The policy by which any name with any password is a user.
	 */
	public static final String BASICAUTH = "basicauth";

	private static final Pattern OF_RESOURCE = Pattern
		.compile("attachment\\.resources(\\.[^.]+){1,2}\\.(randomize|filename_pattern|keep_old_files|max_size_bytes)");

	private static final Map<String, KintoSetting<?>> ALL = new HashMap<>();

	/**
	 * How many requests a batch may have; 0 for no limit. 25 by default.
	 */
	public static final KintoSetting<Integer> BATCH_MAX_REQUESTS = known("batch_max_requests", 25,
			KintoSetting::natural);

	/**
	 * How many objects a page of a list has at most; 0, the default, for no limit.
	 */
	public static final KintoSetting<Integer> PAGINATE_BY = known("paginate_by", 0, KintoSetting::natural);

	/**
	 * How many objects a list has at most, whatever was asked for. 10,000 by default.
	 */
	public static final KintoSetting<Integer> STORAGE_MAX_FETCH_SIZE = known("storage_max_fetch_size", 10_000,
			KintoSetting::natural);

	/**
	 * For how many seconds the token of a page of a deletion can be used. 600 by default.
	 */
	public static final KintoSetting<Integer> PAGINATION_TOKEN_VALIDITY_SECONDS = known(
			"pagination_token_validity_seconds", 600, KintoSetting::natural);

	/**
	 * Whether writes are refused. False by default.
	 */
	public static final KintoSetting<Boolean> READONLY = known("readonly", false, KintoSetting::flag);

	/**
	 * Seconds of the <code>Backoff</code> header that every answer has; none by default.
	 */
	public static final KintoSetting<Optional<Integer>> BACKOFF = known("backoff", Optional.empty(),
			(text) -> Optional.of(natural(text)));

	/**
	 * How many of 100 answers have the <code>Backoff</code> header; all by default.
	 */
	public static final KintoSetting<Optional<Integer>> BACKOFF_PERCENTAGE = known("backoff_percentage",
			Optional.empty(), (text) -> Optional.of(natural(text)));

	/**
	 * When the service ends, with the header <code>Alert</code> before and nothing but
	 * errors afterwards; never by default.
	 */
	public static final KintoSetting<Optional<EosDate>> EOS = known("eos", Optional.empty(),
			(text) -> Optional.of(EosDate.parse(text)));

	/**
	 * What to tell developers about the end of the service; nothing by default.
	 */
	public static final KintoSetting<String> EOS_MESSAGE = known("eos_message", "", Function.identity());

	/**
	 * Where developers can read about the end of the service; nowhere by default.
	 */
	public static final KintoSetting<String> EOS_URL = known("eos_url", "", Function.identity());

	/**
	 * The secret that user ids are derived with.
	 */
	public static final KintoSetting<String> USERID_HMAC_SECRET = known("userid_hmac_secret", "kinto-embedded",
			Function.identity());

	/**
	 * Who may create buckets. All authenticated users by default.
	 */
	public static final KintoSetting<Set<String>> BUCKET_CREATE_PRINCIPALS = known("bucket_create_principals",
			Set.of("system.Authenticated"), KintoSetting::words);

	/**
	 * Who may create accounts. Everyone by default.
	 */
	public static final KintoSetting<Set<String>> ACCOUNT_CREATE_PRINCIPALS = known("account_create_principals",
			Set.of("system.Everyone"), KintoSetting::words);

	/**
	 * The plugins of the server. By default those that come with Kinto.
	 */
	public static final KintoSetting<Set<Plugin>> INCLUDES = known("includes",
			Set.of(Plugin.DEFAULT_BUCKET, Plugin.FLUSH, Plugin.HISTORY, Plugin.ACCOUNTS),
			(text) -> words(text).stream().map(Plugin::named).collect(Collectors.toUnmodifiableSet()));

	/**
	 * How users are authenticated: <code>account basicauth</code> by default.
	 */
	public static final KintoSetting<Set<String>> MULTIAUTH_POLICIES = known("multiauth.policies",
			Set.of(ACCOUNT, BASICAUTH), KintoSetting::policies);

	/**
	 * Whether objects are checked by the JSON schemas of their collection and bucket.
	 * True by default.
	 */
	public static final KintoSetting<Boolean> EXPERIMENTAL_COLLECTION_SCHEMA_VALIDATION = known(
			"experimental_collection_schema_validation", true, KintoSetting::flag);

	/**
	 * Whether users can list their permissions. True by default.
	 */
	public static final KintoSetting<Boolean> EXPERIMENTAL_PERMISSIONS_ENDPOINT = known(
			"experimental_permissions_endpoint", true, KintoSetting::flag);

	/**
	 * For how many seconds anonymous readers may keep records; not at all by default.
	 */
	public static final KintoSetting<Optional<Integer>> RECORD_CACHE_EXPIRES_SECONDS = known(
			"record_cache_expires_seconds", Optional.empty(), (text) -> Optional.of(natural(text)));

	/**
	 * How many seconds clients are asked to wait when the server is made to fail with
	 * 409, 429 or 503. 3 by default.
	 */
	public static final KintoSetting<Integer> RETRY_AFTER_SECONDS = known("retry_after_seconds", 3,
			KintoSetting::natural);

	/**
	 * The scheme of the URLs that the server tells; by default the one that the client
	 * uses.
	 */
	public static final KintoSetting<Optional<String>> HTTP_SCHEME = known("http_scheme", Optional.empty(),
			Optional::of);

	/**
	 * The host and port of the URLs that the server tells; by default those that the
	 * client uses.
	 */
	public static final KintoSetting<Optional<String>> HTTP_HOST = known("http_host", Optional.empty(), Optional::of);

	/**
	 * The path that the API is below, as in <code>/storage</code>; none by default.
	 */
	public static final KintoSetting<String> BASE_PATH = known("embedded.base_path", "", KintoSetting::basePath);

	/**
	 * How many bytes the body of a request has at most. 16 MiB by default.
	 */
	public static final KintoSetting<Integer> MAX_BODY_BYTES = known("embedded.max_body_bytes", 16 * 1024 * 1024,
			KintoSetting::natural);

	/**
	 * How many milliseconds every answer takes longer than it would. 0 by default.
	 */
	public static final KintoSetting<Integer> LATENCY_MILLISECONDS = known("embedded.latency_milliseconds", 0,
			KintoSetting::natural);

	/**
	 * What the server calls itself. <code>kinto</code> by default.
	 */
	public static final KintoSetting<String> PROJECT_NAME = known("project_name", "kinto", Function.identity());

	/**
	 * Where clients find the files of records: where the server itself serves them by
	 * default. If it is empty, records tell no more than what is below that.
	 */
	public static final KintoSetting<Optional<URI>> ATTACHMENT_BASE_URL = known("attachment.base_url", Optional.empty(),
			(text) -> Optional.of(url(text)));

	/**
	 * Where the server says that files are found, if it is elsewhere than records say.
	 */
	public static final KintoSetting<Optional<URI>> ATTACHMENT_EXTRA_BASE_URL = known("attachment.extra.base_url",
			Optional.empty(), (text) -> Optional.of(url(text)));

	/**
	 * The folder of a file, with placeholders for <code>{bucket_id}</code>,
	 * <code>{collection_id}</code> and the <code>{id}</code> of its record. None by
	 * default.
	 */
	public static final KintoSetting<String> ATTACHMENT_FOLDER = known("attachment.folder", "", KintoSetting::folder);

	/**
	 * Whether files are given random names. True by default.
	 */
	public static final KintoSetting<Boolean> ATTACHMENT_RANDOMIZE = known("attachment.randomize", true,
			KintoSetting::flag);

	/**
	 * The name of a file, with placeholders for the <code>{datetime}</code>, the id
	 * <code>{rid}</code> of its record and the <code>{filename}</code>, which is the
	 * default.
	 */
	public static final KintoSetting<String> ATTACHMENT_FILENAME_PATTERN = known("attachment.filename_pattern",
			"{filename}", KintoSetting::filenamePattern);

	/**
	 * Whether files stay when they are replaced or their record is deleted. False by
	 * default.
	 */
	public static final KintoSetting<Boolean> ATTACHMENT_KEEP_OLD_FILES = known("attachment.keep_old_files", false,
			KintoSetting::flag);

	/**
	 * How many bytes a file has at most; 0, the default, for no other limit than that of
	 * requests.
	 */
	public static final KintoSetting<Integer> ATTACHMENT_MAX_SIZE_BYTES = known("attachment.max_size_bytes", 0,
			KintoSetting::natural);

	/**
	 * Which extensions the names of files may have: those of documents, texts, images and
	 * data by default.
	 */
	public static final KintoSetting<FileExtensions> ATTACHMENT_EXTENSIONS = known("attachment.extensions",
			FileExtensions.parse("default"), FileExtensions::parse);

	/**
	 * The types of files by the extensions of their names, with the dot, where they are
	 * not what the client says. By default those of two extensions.
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
	 * The setting that gives a permission on all objects of a resource to some
	 * principals.
	 * @param resourceName the name of the resource, as in <code>bucket</code>
	 * @param permission the permission, as in <code>create</code>
	 * @return the setting, empty by default
	 */
	@SuppressWarnings("unchecked")
	public static KintoSetting<Set<String>> principals(String resourceName, String permission) {
		String name = resourceName + "_" + permission + "_principals";
		return (KintoSetting<Set<String>>) ALL.getOrDefault(name,
				new KintoSetting<>(name, Set.of(), KintoSetting::words));
	}

	/**
	 * The setting of a name.
	 * @param name the name, with or without the prefix <code>kinto.</code>
	 * @return the setting
	 * @throws IllegalArgumentException if there is no such setting, or this server does
	 * not have it
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
		if (OF_RESOURCE.matcher(bare).matches()) {
			return named(ATTACHMENT_PREFIX + bare.substring(bare.lastIndexOf('.') + 1)).renamed(bare);
		}
		throw new IllegalArgumentException("'%s' is not a setting of the embedded Kinto server, which has: %s"
			.formatted(name, ALL.keySet().stream().sorted().collect(Collectors.joining(", "))));
	}

	/**
	 * The name of the setting.
	 * @return the name, without the prefix <code>kinto.</code>
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The name of the setting for one bucket or collection.
	 * @param ids the id of the bucket, and that of the collection if it is for one
	 * @return the name
	 */
	String name(List<String> ids) {
		return ATTACHMENT_PREFIX + "resources." + String.join(".", ids) + "."
				+ this.name.substring(ATTACHMENT_PREFIX.length());
	}

	T defaultValue() {
		return this.defaultValue;
	}

	T parse(String text) {
		try {
			return this.parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'%s' can't be the value of '%s%s': %s".formatted(text, PREFIX, this.name, ex.getMessage()), ex);
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

	private static int natural(String text) {
		int number = Integer.parseInt(text.strip());
		if (number < 0) {
			throw new IllegalArgumentException("Negative");
		}
		return number;
	}

	private static boolean flag(String text) {
		String word = text.strip().toLowerCase(Locale.ROOT);
		if (!TRUE.contains(word) && !FALSE.contains(word)) {
			throw new IllegalArgumentException("Neither true nor false");
		}
		return TRUE.contains(word);
	}

	private static String basePath(String text) {
		String path = text.strip().replaceFirst("/+$", "");
		if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
			throw new IllegalArgumentException("Not a path");
		}
		return path;
	}

	private static URI url(String text) {
		URI url = URI.create(text.strip());
		if (url.isOpaque()) {
			throw new IllegalArgumentException("Not a URL");
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
			throw new IllegalArgumentException("Has other characters, or other placeholders than " + placeholders);
		}
		return text;
	}

	private static Map<String, String> mimetypes(String text) {
		Map<String, String> types = new HashMap<>(DEFAULT_MIMETYPES);
		for (String pair : text.strip().split(";")) {
			String[] parts = pair.split(":");
			if (parts.length != 2) {
				throw new IllegalArgumentException("Not as in .ftl:application/vnd.fluent");
			}
			types.put(parts[0], parts[1]);
		}
		return Map.copyOf(types);
	}

	private static Set<String> policies(String text) {
		Set<String> policies = words(text);
		if (!Set.of(ACCOUNT, BASICAUTH).containsAll(policies)) {
			throw new IllegalArgumentException("Only account and basicauth");
		}
		return policies;
	}

	private static Set<String> words(String text) {
		return Arrays.stream(text.strip().split("\\s+"))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
