package io.kintospring.client;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Documented observations of the client.
 */
public enum KintoObservationDocumentation implements ObservationDocumentation {

	/**
	 * Observation of a request, from its start until its response is read. For streams,
	 * it ends when the response is complete. A batch has one observation for each
	 * request.
	 */
	REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultKintoObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * Low-cardinality keys.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** Operation, such as {@code createRecord}. */
		OPERATION("operation"),

		/** Name of the server, by default the host and port of its URL. */
		SERVER("server"),

		/** HTTP method. */
		METHOD("method"),

		/** Path with variables in place of ids. */
		URI("uri"),

		/** HTTP status, or {@code none} if there is no response. */
		STATUS("status"),

		/**
		 * {@code SUCCESS}, {@code REDIRECTION}, {@code CLIENT_ERROR} or
		 * {@code SERVER_ERROR} according to the status, or {@code UNKNOWN} if there is no
		 * response.
		 */
		OUTCOME("outcome"),

		/**
		 * Kinto's error number, such as {@code 114}, {@code none} if there is none, or
		 * {@code UNKNOWN} if it is not one of Kinto.
		 */
		ERRNO("errno"),

		/**
		 * Simple class name of the exception, or of its cause if there is no response;
		 * {@code none} if there is no exception.
		 */
		EXCEPTION("exception");

		private final String key;

		LowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * High-cardinality keys.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/** Id of the bucket, if the path contains one. */
		BUCKET("bucket"),

		/** Id of the collection, if the path contains one. */
		COLLECTION("collection"),

		/** Id of the group or record, if the path contains one. */
		ID("id"),

		/** Path with ids. */
		PATH("path");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
