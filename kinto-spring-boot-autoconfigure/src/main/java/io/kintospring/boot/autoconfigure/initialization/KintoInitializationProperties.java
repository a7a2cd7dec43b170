package io.kintospring.boot.autoconfigure.initialization;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the initialization of a Kinto server.
 */
@ConfigurationProperties("kinto")
public class KintoInitializationProperties {

	/**
	 * Servers to initialize with buckets, groups, collections and records.
	 */
	private KintoInitializationMode initialize = KintoInitializationMode.EMBEDDED;

	private final Initialization initialization = new Initialization();

	public KintoInitializationMode getInitialize() {
		return this.initialize;
	}

	public void setInitialize(KintoInitializationMode initialize) {
		this.initialize = initialize;
	}

	public Initialization getInitialization() {
		return this.initialization;
	}

	/**
	 * Configuration of the initialization.
	 */
	public static class Initialization {

		/**
		 * Locations of YAML files that define buckets, groups, collections and records. A
		 * location that starts with 'optional:' can be missing.
		 */
		private List<String> locations = List.of("optional:classpath:kinto.yaml");

		/**
		 * Whether to log the changes without making them.
		 */
		private boolean dryRun;

		/**
		 * Whether to remove principals from permissions, and members from groups, that
		 * the definition does not list.
		 */
		private boolean replacePrincipals;

		public List<String> getLocations() {
			return this.locations;
		}

		public void setLocations(List<String> locations) {
			this.locations = locations;
		}

		public boolean isDryRun() {
			return this.dryRun;
		}

		public void setDryRun(boolean dryRun) {
			this.dryRun = dryRun;
		}

		public boolean isReplacePrincipals() {
			return this.replacePrincipals;
		}

		public void setReplacePrincipals(boolean replacePrincipals) {
			this.replacePrincipals = replacePrincipals;
		}

	}

}
