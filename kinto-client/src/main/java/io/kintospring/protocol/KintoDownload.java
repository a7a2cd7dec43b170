package io.kintospring.protocol;

import java.net.URI;
import java.util.function.Function;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.server.KintoServerInfo;

/**
 * File to download. Immutable. The file may be on another host, so its request has no
 * credentials and no headers of other requests.
 */
public final class KintoDownload {

	private final String operation;

	private final KintoAttachment attachment;

	private final KintoCall<KintoServerInfo> serverInfo;

	private final Function<KintoServerInfo, URI> address;

	KintoDownload(String operation, KintoAttachment attachment, KintoCall<KintoServerInfo> serverInfo,
			Function<KintoServerInfo, URI> address) {
		this.operation = operation;
		this.attachment = attachment;
		this.serverInfo = serverInfo;
		this.address = address;
	}

	/**
	 * Return the call that reads the server information, which contains the base URL of
	 * files.
	 * @return the call
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return this.serverInfo;
	}

	/**
	 * Return the address of the file.
	 * @param info the server information
	 * @return the address, possibly relative to the root of the server's API
	 * @throws KintoUnsupportedException if the server lacks the capability
	 * {@code attachments}
	 * @throws IllegalArgumentException if the file is outside the base URL of the
	 * server's files
	 */
	public URI address(KintoServerInfo info) {
		if (!info.capabilities().containsKey(Capabilities.ATTACHMENTS)) {
			throw Capabilities.missing(this, Capabilities.ATTACHMENTS);
		}
		return this.address.apply(info);
	}

	/**
	 * Return the expected SHA-256 hash of the file.
	 * @return the hash, in hexadecimal digits
	 */
	public String sha256() {
		return this.attachment.hash();
	}

	/**
	 * Return the expected size of the file.
	 * @return the size in bytes
	 */
	public long size() {
		return this.attachment.size();
	}

	/**
	 * Return the exception for a response that is not the file.
	 * @param response the response
	 * @return the exception
	 */
	public KintoResponseException refused(KintoResponse response) {
		return Errors.noFile(this.operation, this.attachment.location(), response);
	}

	@Override
	public String toString() {
		return this.operation + " GET " + this.attachment.location();
	}

}
