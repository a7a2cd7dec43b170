package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.initialization.KintoInitialization;
import io.kintospring.embedded.EmbeddedKintoServer;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Test execution listener that flushes the embedded server before each test method, and
 * initializes it again, if the test class has
 * {@link AutoConfigureKinto @AutoConfigureKinto}.
 */
class FlushKintoTestExecutionListener implements TestExecutionListener, Ordered {

	private static final String SERVER = "io.kintospring.embedded.EmbeddedKintoServer";

	/**
	 * Run before listeners that execute SQL scripts, and before {@code @BeforeEach}
	 * methods.
	 */
	@Override
	public int getOrder() {
		return 1900;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), AutoConfigureKinto.class)
				&& ClassUtils.isPresent(SERVER, getClass().getClassLoader())) {
			Flush.of(testContext.getApplicationContext());
		}
	}

	/**
	 * Separate class, because the embedded server may not be on the class path.
	 */
	private static final class Flush {

		static void of(ApplicationContext context) {
			context.getBeanProvider(EmbeddedKintoServer.class).forEach((server) -> {
				Assert.state(server.dataFile() == null, () -> "The EmbeddedKintoServer bean stores its data in '%s',"
					.formatted(server.dataFile())
						+ " and @AutoConfigureKinto would remove this data before each test. Define the bean without a"
						+ " data file in tests.");
				server.faults().clear();
				server.flush();
			});
			context.getBeanProvider(KintoInitialization.class).forEach(KintoInitialization::run);
		}

	}

}
