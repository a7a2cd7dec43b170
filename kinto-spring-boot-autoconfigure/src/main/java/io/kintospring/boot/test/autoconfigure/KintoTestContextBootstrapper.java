package io.kintospring.boot.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Bootstraps the context of a {@link KintoTest @KintoTest}.
 */
class KintoTestContextBootstrapper extends TestSliceTestContextBootstrapper<KintoTest> {

}
