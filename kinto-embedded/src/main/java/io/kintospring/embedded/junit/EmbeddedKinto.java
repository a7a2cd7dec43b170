package io.kintospring.embedded.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kintospring.embedded.EmbeddedKintoServer;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a server for a test class. Its tests can have a parameter of type
 * {@link EmbeddedKintoServer}; each of them finds the server as it was when it started.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KintoExtension.class)
public @interface EmbeddedKinto {

	/**
	 * Settings of the server, by the names that they have in Kinto's configuration file,
	 * as in <code>kinto.paginate_by=10</code>.
	 * @return the settings
	 */
	String[] settings() default {};

}
