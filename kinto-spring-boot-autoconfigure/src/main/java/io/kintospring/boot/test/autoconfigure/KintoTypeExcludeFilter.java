package io.kintospring.boot.test.autoconfigure;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Type exclude filter for {@link KintoTest @KintoTest}.
 */
final class KintoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<KintoTest> {

	KintoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

}
