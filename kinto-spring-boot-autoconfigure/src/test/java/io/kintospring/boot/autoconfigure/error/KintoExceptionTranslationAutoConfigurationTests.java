package io.kintospring.boot.autoconfigure.error;

import java.util.NoSuchElementException;

import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.boot.Failures;
import io.kintospring.boot.error.KintoPersistenceExceptionTranslator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KintoExceptionTranslationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoExceptionTranslationAutoConfiguration.class,
				PersistenceExceptionTranslationAutoConfiguration.class))
		.withBean(Notes.class)
		.withBean(NoteService.class);

	private final ApplicationContextRunner enabledRunner = this.contextRunner
		.withPropertyValues("kinto.exception-translation.enabled=true");

	@Test
	void repositoriesThrowDataAccessExceptions() {
		this.enabledRunner.run((context) -> assertThatExceptionOfType(EmptyResultDataAccessException.class)
			.isThrownBy(() -> context.getBean(Notes.class).missing())
			.withCauseInstanceOf(KintoNotFoundException.class));
	}

	@Test
	void onlyRepositoriesThrowThem() {
		this.enabledRunner.run((context) -> assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> context.getBean(NoteService.class).missing()));
	}

	@Test
	void methodsThatDeclareKintosExceptionThrowIt() {
		this.enabledRunner.run((context) -> assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> context.getBean(Notes.class).declared()));
	}

	@Test
	void otherExceptionsAreNotTranslated() {
		this.enabledRunner.run((context) -> assertThatExceptionOfType(NoSuchElementException.class)
			.isThrownBy(() -> context.getBean(Notes.class).other()));
	}

	@Test
	void reactiveMethodsTranslateByThemselves() {
		this.enabledRunner.run((context) -> {
			Notes notes = context.getBean(Notes.class);
			KintoPersistenceExceptionTranslator translator = context.getBean(KintoPersistenceExceptionTranslator.class);
			StepVerifier.create(notes.reactive()).verifyError(KintoNotFoundException.class);
			StepVerifier.create(notes.reactive().onErrorMap(KintoException.class, translator::translate))
				.verifyError(EmptyResultDataAccessException.class);
		});
	}

	@Test
	void isOffByDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context).doesNotHaveBean(PersistenceExceptionTranslator.class);
			assertThatExceptionOfType(KintoNotFoundException.class)
				.isThrownBy(() -> context.getBean(Notes.class).missing());
		});
	}

	@Test
	void isOffIfThePropertyIsFalse() {
		this.contextRunner.withPropertyValues("kinto.exception-translation.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistenceExceptionTranslator.class));
	}

	@Test
	void backsOffWithoutSpringTx() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KintoExceptionTranslationAutoConfiguration.class))
			.withPropertyValues("kinto.exception-translation.enabled=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.dao"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KintoExceptionTranslationAutoConfiguration.class)
				.doesNotHaveBean("kintoPersistenceExceptionTranslator"));
	}

	@Test
	void hasNoEffectWithoutThePostProcessor() {
		this.enabledRunner.withPropertyValues("spring.persistence.exceptiontranslation.enabled=false")
			.run((context) -> {
				assertThat(context).hasSingleBean(KintoPersistenceExceptionTranslator.class);
				assertThatExceptionOfType(KintoNotFoundException.class)
					.isThrownBy(() -> context.getBean(Notes.class).missing());
			});
	}

	@Test
	void ownTranslatorReplacesIt() {
		this.enabledRunner.withBean(OwnTranslator.class)
			.run((context) -> assertThatExceptionOfType(NonTransientDataAccessResourceException.class)
				.isThrownBy(() -> context.getBean(Notes.class).missing())
				.withMessage("own"));
	}

	@Test
	void translatorsOfOtherStoresAreKept() {
		this.enabledRunner.withBean("other", PersistenceExceptionTranslator.class, () -> (ex) -> null)
			.run((context) -> {
				assertThat(context.getBeansOfType(PersistenceExceptionTranslator.class))
					.containsOnlyKeys("kintoPersistenceExceptionTranslator", "other");
				assertThatExceptionOfType(EmptyResultDataAccessException.class)
					.isThrownBy(() -> context.getBean(Notes.class).missing());
			});
	}

	@Repository
	static class Notes {

		void missing() {
			throw Failures.response(404);
		}

		void declared() throws KintoNotFoundException {
			throw Failures.response(404);
		}

		void other() {
			throw new NoSuchElementException();
		}

		Mono<Void> reactive() {
			return Mono.error(() -> Failures.response(404));
		}

	}

	@Service
	static class NoteService {

		void missing() {
			throw Failures.response(404);
		}

	}

	static class OwnTranslator extends KintoPersistenceExceptionTranslator {

		@Override
		public DataAccessException translate(KintoException ex) {
			return new NonTransientDataAccessResourceException("own", ex);
		}

	}

}
