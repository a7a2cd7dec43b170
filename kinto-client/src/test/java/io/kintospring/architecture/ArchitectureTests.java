package io.kintospring.architecture;

import java.util.Arrays;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.kintospring.KintoObject;
import io.kintospring.client.DefaultKintoObservationConvention;
import io.kintospring.client.KintoObservationDocumentation;
import io.kintospring.client.WebClientKintoTransport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The arrows between the packages.
 */
class ArchitectureTests {

	private static final String ROOT = "io.kintospring";

	private static final String QUERY = ROOT + ".query";

	private static final String SERVER = ROOT + ".server";

	private static final String JSON = ROOT + ".json";

	private static final String PROTOCOL = ROOT + ".protocol";

	private static final String CLIENT = ROOT + ".client";

	private static final String TEMPLATE = ROOT + ".template";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(KintoObject.class.getProtectionDomain().getCodeSource().getLocation());

	@Test
	void everyPackageHasItsRule() {
		check(classes().should()
			.resideInAnyPackage(ROOT, QUERY, SERVER, JSON, PROTOCOL, CLIENT, TEMPLATE)
			.because("a package without a rule could depend on anything"));
	}

	@Test
	void rootDependsOnNothingOfOurs() {
		arrows(ROOT, "the words that users import must make sense without the machinery");
	}

	@Test
	void queriesAndServerInformationDependOnTheRoot() {
		arrows(QUERY, "a query is a value", ROOT);
		arrows(SERVER, "what a server says about itself is a value", ROOT);
	}

	@Test
	void valuesDependOnHardlyAnything() {
		check(classes().that()
			.resideInAnyPackage(ROOT, QUERY, SERVER)
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage(ROOT, QUERY, SERVER, "java..", "org.jspecify.annotations..",
					"com.fasterxml.jackson.annotation..", "org.springframework.util.."))
			.because("values work with every transport: Jackson's annotations say how they are written,"
					+ " and nothing binds, sends or waits"));
	}

	@Test
	void jsonDependsOnValues() {
		arrows(JSON, "binding data to JSON works without HTTP", ROOT, QUERY);
	}

	@Test
	void protocolDependsOnJsonAndValues() {
		arrows(PROTOCOL, "calls are values that do not depend on what runs them", JSON, ROOT, QUERY, SERVER);
	}

	@Test
	void clientDependsOnTheProtocolAndValues() {
		arrows(CLIENT, "how a call is run has nothing to do with how data is bound or what users call", PROTOCOL, ROOT,
				SERVER);
	}

	@Test
	void templateDependsOnTheClientTheProtocolAndValues() {
		arrows(TEMPLATE, "operations know what to run, not how JSON is bound", CLIENT, PROTOCOL, ROOT, QUERY, SERVER);
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(slices().assignedFrom(new PackageSlices())
			.should()
			.beFreeOfCycles()
			.because("what is in a cycle can only be understood at once"));
	}

	/**
	 * A sealed type and those that it permits are one family, and know each other.
	 * Micrometer has the documentation of observations name the default convention.
	 */
	@Test
	void classesAreFreeOfCycles() {
		check(slices().assignedFrom(new FamilySlices())
			.should()
			.beFreeOfCycles()
			.ignoreDependency(nameMatching(".*\\.KintoObservationDocumentation\\$1"),
					type(DefaultKintoObservationConvention.class))
			.because("classes in a cycle can only be understood together"));
	}

	@Test
	void onlyTheTransportKnowsNetty() {
		check(noClasses().that(not(belongToAnyOf(WebClientKintoTransport.class)))
			.and()
			.haveNameNotMatching(".*\\.(ReactorNetty\\w+|ConnectionGuard)(\\$.*)?")
			.should()
			.dependOnClassesThat(resideInAnyPackage("reactor.netty..", "io.netty.."))
			.because("another HTTP library must be able to take its place, without a change elsewhere"));
	}

	@Test
	void onlyTheTransportKnowsWebClient() {
		check(noClasses().that(not(belongToAnyOf(WebClientKintoTransport.class)))
			.should()
			.dependOnClassesThat(assignableTo(WebClient.class).or(assignableTo(WebClient.Builder.class)))
			.because("another transport must be able to take its place, without a change elsewhere"));
	}

	@Test
	void callsAreMadeWithoutReactor() {
		check(noClasses().that()
			.resideInAnyPackage(ROOT, QUERY, SERVER, JSON, PROTOCOL)
			.should()
			.dependOnClassesThat(
					resideInAnyPackage("reactor..", "org.reactivestreams..", "org.springframework.web.reactive.."))
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName(Thread.class.getName())
			.because("a call is a value: who runs it decides whether to wait"));
	}

	@Test
	void templateSeesNoHttp() {
		check(noClasses().that()
			.resideInAPackage(TEMPLATE)
			.and()
			.doNotHaveSimpleName("KintoTemplateBuilder")
			.should()
			.dependOnClassesThat(
					resideInAnyPackage("org.springframework.http..", "org.springframework.web..", "tools.jackson.."))
			.because("doors are one line, and what is said in HTTP belongs to the protocol"));
	}

	@Test
	void clientSeesNoJson() {
		check(noClasses().that()
			.resideInAPackage(CLIENT)
			.should()
			.dependOnClassesThat(resideInAPackage("tools.jackson.."))
			.because("how an answer is read is the call's business"));
	}

	@Test
	void nothingDependsOnSpringBoot() {
		check(noClasses().should()
			.dependOnClassesThat(resideInAPackage("org.springframework.boot.."))
			.because("the client is of use without Boot"));
	}

	@Test
	void everyPackageIsNullMarked() {
		check(classes().should(new BeInANullMarkedPackage())
			.because("a type without @Nullable must mean that there is no null"));
	}

	private static void arrows(String from, String because, String... to) {
		String[] allowed = Arrays.copyOf(to, to.length + 1);
		allowed[to.length] = from;
		check(classes().that()
			.resideInAPackage(from)
			.should()
			.onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
			.because(because));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return javaClass.getPackageName().startsWith(ROOT) ? SliceIdentifier.of(javaClass.getPackageName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

	private static final class FamilySlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			if (!javaClass.getPackageName().startsWith(ROOT)) {
				return SliceIdentifier.ignore();
			}
			Class<?> type = javaClass.reflect();
			while (type.getEnclosingClass() != null) {
				type = type.getEnclosingClass();
			}
			return SliceIdentifier.of(head(type).getName());
		}

		private static Class<?> head(Class<?> type) {
			for (Class<?> parent = type.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
				if (parent.isSealed()) {
					return head(parent);
				}
			}
			for (Class<?> parent : type.getInterfaces()) {
				if (parent.isSealed()) {
					return head(parent);
				}
			}
			return type;
		}

		@Override
		public String getDescription() {
			return "families of classes";
		}

	}

	private static final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {

		BeInANullMarkedPackage() {
			super("be in a package that is @NullMarked");
		}

		@Override
		public void check(JavaClass javaClass, ConditionEvents events) {
			JavaPackage javaPackage = javaClass.getPackage();
			events.add(new SimpleConditionEvent(javaClass, javaPackage.isAnnotatedWith(NullMarked.class),
					javaPackage.getName() + ", of " + javaClass.getSimpleName()));
		}

	}

}
