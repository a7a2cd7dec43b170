package io.kintospring.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.boot.test.context.PropertyMapping.Skip;

/**
 * Annotation for a test class to auto-configure the Kinto templates and an embedded
 * server. The server is flushed and initialized again before each test method.
 * <p>
 * The embedded server replaces the server of {@code kinto.url}, so a test cannot write to
 * a real server by accident. For the same reason, it ignores
 * {@code kinto.embedded.data-file}. It does not replace a {@link KintoConnectionDetails}
 * bean, such as the bean of a service connection. Each client of {@code kinto.clients.*}
 * has an embedded server of its own, with the name of the client as the qualifier.
 * <p>
 * Use this annotation with {@code @SpringBootTest}. {@link KintoTest @KintoTest} includes
 * it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureKinto {

	/**
	 * Return how the embedded server handles requests that are in flight at the same
	 * time. {@code SERIAL} is the default, and means that this is not set: the property
	 * {@code kinto.embedded.settings.embedded.concurrency} applies, or the server handles
	 * them one after another.
	 * @return the way to handle concurrent requests
	 */
	@PropertyMapping(value = "kinto.embedded.settings.embedded.concurrency", skip = Skip.ON_DEFAULT_VALUE)
	KintoConcurrency concurrency() default KintoConcurrency.SERIAL;

	/**
	 * Return the seed of the random decisions about concurrent requests. 0 is the
	 * default, and means that this is not set: the property
	 * {@code kinto.embedded.settings.embedded.concurrency-seed} applies, or the seed is
	 * 0.
	 * @return the seed, which is not negative
	 */
	@PropertyMapping(value = "kinto.embedded.settings.embedded.concurrency-seed", skip = Skip.ON_DEFAULT_VALUE)
	int concurrencySeed() default 0;

}
