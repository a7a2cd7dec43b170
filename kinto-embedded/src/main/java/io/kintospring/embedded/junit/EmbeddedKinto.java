package io.kintospring.embedded.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.Concurrency;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Annotation that starts an {@link EmbeddedKintoServer} for a test class. Test methods
 * can have a parameter of type {@code EmbeddedKintoServer}. Each test starts with the
 * server's initial data.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KintoExtension.class)
public @interface EmbeddedKinto {

	/**
	 * Settings of the server, named as in Kinto's configuration file, such as
	 * {@code kinto.paginate_by=10}.
	 * @return the settings
	 */
	String[] settings() default {};

	/**
	 * Way to handle requests that are in flight at the same time. The setting
	 * {@code embedded.concurrency} in {@link #settings()} takes precedence, so
	 * {@code SERIAL} means one after another only if it is not set there.
	 * @return the way to handle concurrent requests
	 */
	Concurrency concurrency() default Concurrency.SERIAL;

	/**
	 * Seed of the random decisions about concurrent requests. {@link #settings()} take
	 * precedence.
	 * @return the seed, which is not negative
	 */
	int concurrencySeed() default 0;

}
