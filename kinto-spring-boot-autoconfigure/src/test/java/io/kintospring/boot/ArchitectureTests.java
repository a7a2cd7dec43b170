package io.kintospring.boot;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kintospring.boot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kintospring.boot.(**)")
		.should()
		.beFreeOfCycles()
		.because("packages that depend on each other can only be understood together");

	@ArchTest
	static final ArchRule autoConfigurationsAreFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.because("applications refer to them for ordering, but do not extend them");

	@ArchTest
	static final ArchRule beanMethodsAreHidden = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.because("applications inject the beans and do not call the methods");

	@ArchTest
	static final ArchRule conditionsAreHidden = classes().that()
		.areAssignableTo(Condition.class)
		.should()
		.notBePublic()
		.because("they are implementation details of an auto-configuration");

	@ArchTest
	static final ArchRule embeddedServerIsUsedByTwoClassesOnly = noClasses().that()
		.doNotHaveFullyQualifiedName("io.kintospring.boot.autoconfigure.embedded.EmbeddedKinto")
		.and()
		.doNotHaveFullyQualifiedName("io.kintospring.boot.test.autoconfigure.FlushKintoTestExecutionListener$Flush")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.kintospring.embedded..")
		.because("most applications run without the server, and all other classes must load without it");

	@ArchTest
	static final ArchRule onlyOneClassDependsOnDeveloperTools = noClasses().that()
		.doNotHaveFullyQualifiedName("io.kintospring.boot.autoconfigure.embedded.RestartedServer")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot.devtools..")
		.because("applications run without the developer tools in production");

	@ArchTest
	static final ArchRule onlyHealthDependsOnHealthOfActuator = noClasses().that()
		.resideOutsideOfPackages("..health..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot.health..")
		.because("Actuator is optional");

	@ArchTest
	static final ArchRule onlyEndpointAndInfoDependOnActuator = noClasses().that()
		.resideOutsideOfPackages("..endpoint..", "..info..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot.actuate..")
		.because("Actuator is optional, and spring-boot-health does not require it");

	@ArchTest
	static final ArchRule onlyTheTranslationOfExceptionsKnowsSpringTx = noClasses().that()
		.doNotHaveFullyQualifiedName("io.kintospring.boot.error.KintoPersistenceExceptionTranslator")
		.and()
		.doNotHaveFullyQualifiedName(
				"io.kintospring.boot.autoconfigure.error.KintoExceptionTranslationAutoConfiguration")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.dao..", "org.springframework.transaction..")
		.because("most applications have no spring-tx");

	@ArchTest
	static final ArchRule onlyTheLockKnowsSpringIntegration = noClasses().that()
		.resideOutsideOfPackages("..boot.lock", "..autoconfigure.lock")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.integration..")
		.because("most applications have no Spring Integration");

	@ArchTest
	static final ArchRule onlyTheRefreshKnowsSpringCloud = noClasses().that()
		.doNotHaveFullyQualifiedName("io.kintospring.boot.autoconfigure.config.KintoConfigRefresher")
		.and()
		.doNotHaveFullyQualifiedName(
				"io.kintospring.boot.autoconfigure.config.KintoConfigWatchAutoConfiguration$SpringCloudConfiguration")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.cloud..")
		.because("most applications have no Spring Cloud");

	@ArchTest
	static final ArchRule noClassKnowsSpringMvcOrServerOfSpringWebFlux = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.web.servlet..",
				"org.springframework.web.server..", "org.springframework.web.reactive",
				"org.springframework.web.reactive.result..")
		.because("applications have one of the two, or neither");

	@ArchTest
	static final ArchRule onlyTestSupportDependsOnTestLibraries = noClasses().that()
		.resideOutsideOfPackage("io.kintospring.boot.test..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.junit..", "org.springframework.test..", "org.springframework.boot.test..")
		.because("test libraries are only on the class path of tests");

	@ArchTest
	static final ArchRule onlyTheServiceConnectionKnowsTestcontainers = noClasses().that()
		.resideOutsideOfPackage("io.kintospring.boot.testcontainers")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.testcontainers..", "org.springframework.boot.testcontainers..")
		.because("Testcontainers is only on the class path of tests");

	@ArchTest
	static final ArchRule onlyTheServiceConnectionKnowsDockerCompose = noClasses().that()
		.resideOutsideOfPackage("io.kintospring.boot.docker.compose")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot.docker.compose..")
		.because("the support for Docker Compose is only on the class path in development");

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = noClasses()
		.should(ArchCondition.from(DescribedPredicate.describe("be in a package without @NullMarked",
				(JavaClass type) -> !type.getPackage().isAnnotatedWith(NullMarked.class))))
		.because("the compiler checks nullness only in null-marked packages");

}
