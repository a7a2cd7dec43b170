package io.kintospring.embedded;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules for the dependencies between packages.
 */
@AnalyzeClasses(packagesOf = EmbeddedKintoServer.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.kintospring.embedded";

	@ArchTest
	static final ArchRule layers = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("server")
		.definedBy(ROOT)
		.layer("http")
		.definedBy(ROOT + ".http")
		.layer("file")
		.definedBy(ROOT + ".file")
		.layer("fault")
		.definedBy(ROOT + ".fault")
		.layer("junit")
		.definedBy(ROOT + ".junit")
		.layer("endpoint")
		.definedBy(ROOT + ".endpoint")
		.layer("attachment")
		.definedBy(ROOT + ".attachment")
		.layer("resource")
		.definedBy(ROOT + ".resource")
		.layer("request")
		.definedBy(ROOT + ".request")
		.layer("schema")
		.definedBy(ROOT + ".schema")
		.layer("permission")
		.definedBy(ROOT + ".permission")
		.layer("storage")
		.definedBy(ROOT + ".storage")
		.layer("json")
		.definedBy(ROOT + ".json")
		.layer("settings")
		.definedBy(ROOT + ".settings")
		.whereLayer("junit")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("server")
		.mayOnlyBeAccessedByLayers("junit")
		.whereLayer("fault")
		.mayOnlyBeAccessedByLayers("junit", "server", "http")
		.whereLayer("file")
		.mayOnlyBeAccessedByLayers("server")
		.whereLayer("http")
		.mayOnlyBeAccessedByLayers("server")
		.whereLayer("endpoint")
		.mayOnlyBeAccessedByLayers("server", "http", "file")
		.whereLayer("attachment")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("resource")
		.mayOnlyBeAccessedByLayers("server", "endpoint", "attachment")
		.whereLayer("request")
		.mayOnlyBeAccessedByLayers("http", "endpoint", "attachment", "resource")
		.whereLayer("schema")
		.mayOnlyBeAccessedByLayers("resource")
		.whereLayer("permission")
		.mayOnlyBeAccessedByLayers("endpoint", "resource", "request")
		.whereLayer("storage")
		.mayOnlyBeAccessedByLayers("endpoint", "attachment", "resource", "request", "permission")
		.whereLayer("json")
		.mayOnlyBeAccessedByLayers("endpoint", "resource", "request", "schema", "storage", "settings")
		.whereLayer("settings")
		.mayOnlyBeAccessedByLayers("junit", "server", "http", "endpoint", "attachment", "resource", "request")
		.because("requests pass from HTTP down to the storage, and lower layers do not depend on higher ones");

	@ArchTest
	static final ArchRule noCycles = slices().matching(ROOT + ".(*)..")
		.should()
		.beFreeOfCycles()
		.because("packages that depend on each other should be a single package");

	@ArchTest
	static final ArchRule webOnlyInHttp = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".http")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor..", "io.netty..", "org.springframework.http.server.reactive..")
		.because("a batch executes requests in order, without HTTP");

	@ArchTest
	static final ArchRule noClient = noClasses().should()
		.dependOnClassesThat(DescribedPredicate.describe("are of kinto-client", ArchitectureTests::isClient))
		.because("shared code would hide bugs of the client");

	@ArchTest
	static final ArchRule finalClasses = classes().that()
		.areTopLevelClasses()
		.and()
		.areNotInterfaces()
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.should()
		.haveModifier(JavaModifier.FINAL)
		.because("the classes are not designed for extension");

	@ArchTest
	static void packagesAreNullMarked(JavaClasses all) {
		classes().that()
			.haveSimpleName("package-info")
			.should()
			.beAnnotatedWith(NullMarked.class)
			.because("the compiler checks only null-marked packages")
			.check(all);
	}

	private static boolean isClient(JavaClass type) {
		return type.getPackageName().startsWith("io.kintospring") && !type.getPackageName().startsWith(ROOT);
	}

}
