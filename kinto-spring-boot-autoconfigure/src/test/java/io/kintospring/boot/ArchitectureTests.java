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
		.because("what depends on each other can only be understood together");

	@ArchTest
	static final ArchRule autoConfigurationsAreFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.because("they are named by others, for ordering, and extended by nobody");

	@ArchTest
	static final ArchRule beanMethodsAreHidden = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.because("beans are asked for by type, never by calling the method");

	@ArchTest
	static final ArchRule conditionsAreHidden = classes().that()
		.areAssignableTo(Condition.class)
		.should()
		.notBePublic()
		.because("they are details of one auto-configuration");

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
	static final ArchRule onlyHealthKnowsActuator = noClasses().that()
		.resideOutsideOfPackages("..health..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot.health..")
		.because("applications may have no actuator");

	@ArchTest
	static final ArchRule onlyTestSupportKnowsTestLibraries = noClasses().that()
		.resideOutsideOfPackage("io.kintospring.boot.test..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.junit..", "org.springframework.test..", "org.springframework.boot.test..")
		.because("they are on the class path of tests only");

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = noClasses()
		.should(ArchCondition.from(DescribedPredicate.describe("be in a package without @NullMarked",
				(JavaClass type) -> !type.getPackage().isAnnotatedWith(NullMarked.class))))
		.because("what can be null is said, and checked by the compiler");

}
