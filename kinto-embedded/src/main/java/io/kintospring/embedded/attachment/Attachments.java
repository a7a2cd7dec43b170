package io.kintospring.embedded.attachment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.resource.Action;
import io.kintospring.embedded.resource.ResourceChanged;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.FileName;
import io.kintospring.embedded.storage.FileStore;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.StoredFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attachments of records: validation, naming, storage and removal of their files.
 */
public final class Attachments implements Consumer<List<ResourceChanged>> {

	private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	private final FileStore files;

	private final KintoServerSettings settings;

	private final FileUrls urls;

	private final Clock clock;

	public Attachments(FileStore files, KintoServerSettings settings, Clock clock) {
		this.files = files;
		this.settings = settings;
		this.urls = new FileUrls(settings);
		this.clock = clock;
	}

	/**
	 * Store a file and assign it to a record.
	 * @param record the record
	 * @param part the uploaded file
	 * @param root the root URL of the API
	 * @return the description of the attachment
	 * @throws KintoError if the file is not allowed
	 */
	public ObjectNode add(ObjectUri record, FormPart part, String root) {
		List<String> ids = record.list().parentIds();
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
	 * Detach the files of an object and of all objects below it.
	 * @param uri the object
	 */
	public void release(ObjectUri uri) {
		this.files.release(uri, this.settings.get(KintoSetting.ATTACHMENT_KEEP_OLD_FILES, uri.list().parentIds()));
	}

	/**
	 * Release the files of a deleted object. As in Kinto, only the first of several
	 * deletions counts, and a deletion of a whole list releases no files.
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

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KintoError refused(String description) {
		return KintoError.invalid(ErrorDetail.body((String) null, description));
	}

}
