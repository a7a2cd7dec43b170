package io.kintospring.benchmarks.server;

import io.netty.handler.codec.http.HttpMethod;

/**
 * Operations on a collection with 100 records.
 */
public enum Operation {

	/**
	 * Read one record.
	 */
	GET("GET of a record", HttpMethod.GET, true),

	/**
	 * Replace one record.
	 */
	PUT("PUT of a record", HttpMethod.PUT, true),

	/**
	 * Read all records.
	 */
	LIST("list of 100 records", HttpMethod.GET, false);

	private final String title;

	private final HttpMethod method;

	private final boolean ofRecord;

	Operation(String title, HttpMethod method, boolean ofRecord) {
		this.title = title;
		this.method = method;
		this.ofRecord = ofRecord;
	}

	/**
	 * Return the title for the report.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	HttpMethod method() {
		return this.method;
	}

	boolean hasBody() {
		return this == PUT;
	}

	boolean isOfRecord() {
		return this.ofRecord;
	}

}
