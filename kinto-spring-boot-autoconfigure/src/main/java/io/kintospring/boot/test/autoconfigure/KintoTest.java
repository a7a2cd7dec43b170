package io.kintospring.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Annotation for a test that focuses only on Kinto components. The application context
 * has the templates and an embedded server, which is flushed before each test method.
 * Other components must be included or imported.
 *
 * <pre class="code">
 * &#64;KintoTest
 * &#64;Import(Notes.class)
 * class NotesTests { … }
 * </pre>
 *
 * @see AutoConfigureKinto
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(KintoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(KintoTypeExcludeFilter.class)
@AutoConfigureKinto
@ImportAutoConfiguration
public @interface KintoTest {

	/**
	 * Return properties to add to the environment before the test runs.
	 * @return the properties in the form {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * Return whether to use default filtering. By default, no components are included
	 * except those of {@link #includeFilters()}.
	 * @return whether to use default filtering
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Return filters for components to include.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Return filters for components to exclude.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Return auto-configurations to exclude.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

	/**
	 * Return how the embedded server handles requests that are in flight at the same
	 * time. {@code SERIAL} is the default, and means that this is not set: the property
	 * {@code kinto.embedded.settings.embedded.concurrency} applies, or the server handles
	 * them one after another.
	 * @return the way to handle concurrent requests
	 * @see AutoConfigureKinto#concurrency()
	 */
	@AliasFor(annotation = AutoConfigureKinto.class)
	KintoConcurrency concurrency() default KintoConcurrency.SERIAL;

	/**
	 * Return the seed of the random decisions about concurrent requests. 0 is the
	 * default, and means that this is not set.
	 * @return the seed, which is not negative
	 * @see AutoConfigureKinto#concurrencySeed()
	 */
	@AliasFor(annotation = AutoConfigureKinto.class)
	int concurrencySeed() default 0;

}
