package io.kintospring.boot.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Test context bootstrapper for {@link KintoTest @KintoTest}.
 */
class KintoTestContextBootstrapper extends TestSliceTestContextBootstrapper<KintoTest> {

}
