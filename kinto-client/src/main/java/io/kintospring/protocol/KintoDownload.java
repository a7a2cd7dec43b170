package io.kintospring.protocol;

import java.net.URI;

import io.kintospring.KintoResponseException;

/**
 * A file to download. Like a call it is a value. The file is asked for without
 * credentials and without the headers of other requests: it may be anywhere.
 */
public final class KintoDownload {

	private final KintoFlow<URI> address;

	private final String operation;

	private final String location;

	private final String sha256;

	KintoDownload(KintoFlow<URI> address, String operation, String location, String sha256) {
		this.address = address;
		this.operation = operation;
		this.location = location;
		this.sha256 = sha256;
	}

	/**
	 * Return where the file is.
	 * @return gives its address, which may be relative to the root of the server's API
	 */
	public KintoFlow<URI> address() {
		return this.address;
	}

	/**
	 * Return what the file must be.
	 * @return the SHA-256 of its bytes, in hexadecimal digits
	 */
	public String sha256() {
		return this.sha256;
	}

	/**
	 * Return the error that an answer is which does not bring the file.
	 * @param response what was answered
	 * @return the exception
	 */
	public KintoResponseException refused(KintoResponse response) {
		return Errors.noFile(this.operation, this.location, response);
	}

	@Override
	public String toString() {
		return this.operation + " GET " + this.location;
	}

}
