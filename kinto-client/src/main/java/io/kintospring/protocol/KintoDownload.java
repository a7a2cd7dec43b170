package io.kintospring.protocol;

import java.net.URI;
import java.util.function.Function;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.server.KintoServerInfo;

/**
 * A file to download. Like a call it is an immutable value. The file is requested without
 * credentials and without the headers of other requests: it may be on another host.
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
	 * Return the call that asks the server where it keeps its files.
	 * @return the call
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return this.serverInfo;
	}

	/**
	 * Return the address of the file.
	 * @param info what the server says about itself
	 * @return the address, which may be relative to the root of the server's API
	 * @throws KintoUnsupportedException if the server has no attachments
	 * @throws IllegalArgumentException if the file is not where the server keeps its
	 * files
	 */
	public URI address(KintoServerInfo info) {
		if (!info.capabilities().containsKey(Capabilities.ATTACHMENTS)) {
			throw new KintoUnsupportedException(this + " was not sent: the server lacks the capability '"
					+ Capabilities.ATTACHMENTS + "', which its configuration decides on", Capabilities.ATTACHMENTS);
		}
		return this.address.apply(info);
	}

	/**
	 * Return the SHA-256 of the file's bytes.
	 * @return the hash, in hexadecimal digits
	 */
	public String sha256() {
		return this.attachment.hash();
	}

	/**
	 * Return the size of the file.
	 * @return the number of its bytes
	 */
	public long size() {
		return this.attachment.size();
	}

	/**
	 * Return the error for a response that does not bring the file.
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
