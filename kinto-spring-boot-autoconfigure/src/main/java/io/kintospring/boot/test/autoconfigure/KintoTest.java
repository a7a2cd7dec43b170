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
 * A test of what talks to Kinto, and of nothing else: the application context has the
 * templates and an embedded server, which is emptied before each test method, and no
 * components but those that are included or imported.
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
	 * @return the properties, as {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * Return whether no component is taken in but those that {@link #includeFilters()}
	 * name.
	 * @return {@code true} by default
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Return which components to take in.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Return which components not to take in.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Return which auto-configurations not to apply.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
