package io.kintospring.client;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed.
 */
public enum KintoObservationDocumentation implements ObservationDocumentation {

	/**
	 * A request, from being asked for until its response is read, or, for streams, until
	 * the response is complete. Calls within a batch are not observed one by one.
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
	 * What can be counted by.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** The operation, such as {@code createRecord}. */
		OPERATION("operation"),

		/** The name of the server, by default host and port of its address. */
		SERVER("server"),

		/** The HTTP method. */
		METHOD("method"),

		/** The path with names in the place of ids. */
		URI("uri"),

		/** The HTTP status, or {@code none} if no answer came. */
		STATUS("status"),

		/**
		 * {@code SUCCESS}, {@code REDIRECTION}, {@code CLIENT_ERROR} or
		 * {@code SERVER_ERROR} by the status, or {@code UNKNOWN} if no answer came.
		 */
		OUTCOME("outcome"),

		/**
		 * The class of the exception that the caller gets, or of its cause if no response
		 * came; {@code none} if there is none.
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
	 * What tells single requests apart.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/** The path with ids in it. */
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
