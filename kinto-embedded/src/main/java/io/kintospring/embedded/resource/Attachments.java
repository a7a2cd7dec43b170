package io.kintospring.embedded.resource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.FileName;
import io.kintospring.embedded.storage.FileStore;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.StoredFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * The files of records: which ones are taken, how they are named, and when they go.
 */
final class Attachments implements Consumer<List<ResourceChanged>> {

	/**
	 * The field of a record that tells about its file.
	 */
	static final String FIELD = "attachment";

	private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	private final FileStore files;

	private final KintoServerSettings settings;

	private final FileUrls urls;

	private final Clock clock;

	Attachments(FileStore files, KintoServerSettings settings, Clock clock) {
		this.files = files;
		this.settings = settings;
		this.urls = new FileUrls(settings);
		this.clock = clock;
	}

	/**
	 * Refuses a change by hand of what is told about a file. To remove it is allowed.
	 * @param before the record as it is
	 * @param after the record as a client wants it
	 * @throws KintoError if the client wants to change it
	 */
	static void requireSame(ObjectNode before, ObjectNode after) {
		JsonNode attachment = after.path(FIELD);
		if (Fields.isTrue(attachment) && Fields.isTrue(before.path(FIELD)) && !attachment.equals(before.path(FIELD))) {
			throw KintoError.of(HttpStatus.BAD_REQUEST, Errno.UNDEFINED,
					"What is told about an attachment can't be changed");
		}
	}

	/**
	 * Stores a file that a record has from then on.
	 * @param record the record
	 * @param part the file as it came
	 * @param root the URL of the root of the API
	 * @return what to tell about the file
	 * @throws KintoError if such a file is not taken
	 */
	ObjectNode add(ObjectUri record, FormPart part, String root) {
		List<String> ids = ids(record);
		FileName name = acceptedName(part, ids);
		String type = this.settings.get(KintoSetting.ATTACHMENT_MIMETYPES).getOrDefault(name.extension(), part.type());
		String location = this.files.add(record, folder(record, ids), storedName(name, record, ids),
				new StoredFile(type, part.content()));
		return Json.object()
			.put("filename", name.toString())
			.put("location", this.urls.of(root, location))
			.put("hash", sha256(part.content()))
			.put("mimetype", type)
			.put("size", part.content().length);
	}

	/**
	 * Takes the files away that an object and those below it have.
	 * @param uri the object
	 */
	void release(ObjectUri uri) {
		this.files.release(uri, this.settings.get(KintoSetting.ATTACHMENT_KEEP_OLD_FILES, ids(uri)));
	}

	/**
	 * With an object go its files. As in Kinto, of several ones that are deleted at once
	 * only those of the first one go, and none if they are deleted as a list.
	 */
	@Override
	public void accept(List<ResourceChanged> changes) {
		ResourceChanged first = changes.get(0);
		if (first.action() == Action.DELETE && first.named()) {
			release(first.uri());
		}
	}

	private FileName acceptedName(FormPart part, List<String> ids) {
		String filename = part.filename();
		if (filename == null) {
			throw refused("Needs the name of the file");
		}
		int limit = this.settings.get(KintoSetting.ATTACHMENT_MAX_SIZE_BYTES, ids);
		if (limit > 0 && part.content().length > limit) {
			throw refused("The file may have at most " + limit + " bytes");
		}
		FileName name = FileName.of(filename);
		if (!this.settings.get(KintoSetting.ATTACHMENT_EXTENSIONS).allow(name.extension())) {
			throw refused("A file of this extension is not allowed");
		}
		return name;
	}

	private String folder(ObjectUri record, List<String> ids) {
		String folder = this.settings.get(KintoSetting.ATTACHMENT_FOLDER)
			.replace("{bucket_id}", ids.get(0))
			.replace("{collection_id}", ids.get(1))
			.replace("{id}", record.id());
		return folder.isEmpty() ? "" : folder + "/";
	}

	private String storedName(FileName name, ObjectUri record, List<String> ids) {
		FileName safe = name.safe();
		boolean randomize = this.settings.get(KintoSetting.ATTACHMENT_RANDOMIZE, ids);
		return this.settings.get(KintoSetting.ATTACHMENT_FILENAME_PATTERN, ids)
			.replace("{datetime}", LocalDateTime.now(this.clock.withZone(ZoneId.systemDefault())).format(DATETIME))
			.replace("{rid}", record.id())
			.replace("{filename}", (randomize ? safe.random() : safe).toString());
	}

	/**
	 * The ids of the bucket and the collection that an object is in.
	 */
	private static List<String> ids(ObjectUri uri) {
		ObjectUri parent = uri.list().parent();
		return (parent != null) ? Stream.of(BucketResource.NAME, CollectionResource.NAME)
			.map(parent::nearest)
			.filter(Objects::nonNull)
			.map(ObjectUri::id)
			.toList() : List.of();
	}

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KintoError refused(String description) {
		return KintoError.invalid(ErrorDetail.body(null, description));
	}

}
