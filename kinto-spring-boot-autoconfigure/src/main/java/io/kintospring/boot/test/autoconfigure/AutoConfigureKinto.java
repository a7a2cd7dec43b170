package io.kintospring.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test's application context the Kinto templates and an embedded server, which is
 * emptied before each test method.
 * <p>
 * The embedded server takes the place of the one that {@code kinto.url} names, so that no
 * test writes to a real one by accident; only a {@link KintoConnectionDetails} bean, such
 * as that of a service connection, is used instead. Goes well with
 * {@code @SpringBootTest}; {@link KintoTest @KintoTest} has it already.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureKinto {

}
