package io.kintospring.boot.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches if the application has a
 * {@link ReactiveKintoTemplate}, or properties {@code kinto.clients.*} are set.
 * {@code @ConditionalOnBean} ignores the templates of named clients, because they are not
 * default candidates.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnKintoTemplateCondition.class)
public @interface ConditionalOnKintoTemplate {

}
