package io.kintospring.boot.test.autoconfigure;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Keeps components out of a {@link KintoTest @KintoTest}.
 */
final class KintoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<KintoTest> {

	KintoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

}
