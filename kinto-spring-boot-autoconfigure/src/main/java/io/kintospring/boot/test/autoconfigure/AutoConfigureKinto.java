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

}
