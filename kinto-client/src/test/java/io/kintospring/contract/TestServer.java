package io.kintospring.contract;

import io.kintospring.KintoUrl;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Servers that the contract tests run on.
 */
enum TestServer {

	/** The embedded server, started once. */
	EMBEDDED {
		@Override
		KintoUrl url() {
			return KintoUrl.of(Embedded.SERVER.url());
		}

		@Override
		KintoUrl pagedUrl() {
			return KintoUrl.of(EmbeddedPaged.SERVER.url());
		}

		@Override
		KintoAuthentication user() {
			return user("tester");
		}
	},

	/** A real Kinto, at the URL in the property {@code kinto.test.url}. */
	REAL {
		@Override
		KintoUrl url() {
			return named("kinto.test.url", "real Kinto");
		}

		@Override
		KintoUrl pagedUrl() {
			return named("kinto.test.paged.url", "real Kinto with kinto.paginate_by=3");
		}

		private static KintoUrl named(String property, String what) {
			String url = System.getProperty(property);
			assumeTrue(url != null, "-D" + property + "=http://host:port/v1 names no " + what + " to try this on");
			return KintoUrl.of(url);
		}

		@Override
		KintoAuthentication user() {
			String name = System.getProperty("kinto.test.username");
			return (name != null) ? KintoAuthentication.basic(name, System.getProperty("kinto.test.password", ""))
					: user(ContractTests.randomId());
		}
	};

	/**
	 * Return the URL of the server.
	 */
	abstract KintoUrl url();

	/**
	 * Return the URL of a server of this kind with at most 3 objects in a page.
	 */
	abstract KintoUrl pagedUrl();

	/**
	 * Return the credentials of a user that can create buckets.
	 */
	abstract KintoAuthentication user();

	static KintoAuthentication user(String name) {
		return KintoAuthentication.basic(name, "secret");
	}

	private static final class Embedded {

		private static final EmbeddedKintoServer SERVER = EmbeddedKintoServer.builder()
			.settings(KintoServerSettings.defaults().with(KintoSetting.ATTACHMENT_KEEP_OLD_FILES, false))
			.start();

	}

	private static final class EmbeddedPaged {

		private static final EmbeddedKintoServer SERVER = EmbeddedKintoServer.builder()
			.settings(KintoServerSettings.defaults().with(KintoSetting.PAGINATE_BY, 3))
			.start();

	}

}
