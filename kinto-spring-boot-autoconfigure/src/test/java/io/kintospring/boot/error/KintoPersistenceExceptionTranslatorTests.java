package io.kintospring.boot.error;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.boot.Failures;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class KintoPersistenceExceptionTranslatorTests {

	private static final String RECORDS = "/buckets/a/collections/b/records";

	private final KintoPersistenceExceptionTranslator translator = new KintoPersistenceExceptionTranslator();

	static Stream<Arguments> exceptions() {
		KintoErrorDetail body = new KintoErrorDetail("body", "data.stars", "Required");
		KintoErrorDetail query = new KintoErrorDetail("querystring", "_sort", "Unknown");
		KintoErrorDetail unlocated = new KintoErrorDetail(null, null, "Wrong");
		return Stream.of(arguments(Failures.response(412), OptimisticLockingFailureException.class),
				arguments(Failures.response(404, 110, "getRecord", "GET", RECORDS + "/c"),
						EmptyResultDataAccessException.class),
				arguments(Failures.response(404, 111, "createRecord", "POST", RECORDS),
						DataRetrievalFailureException.class),
				arguments(Failures.response(401), PermissionDeniedDataAccessException.class),
				arguments(Failures.response(403), PermissionDeniedDataAccessException.class),
				arguments(Failures.response(400, 107, "createRecord", "POST", RECORDS, query, body),
						DataIntegrityViolationException.class),
				arguments(Failures.response(400, 107, "listRecords", "GET", RECORDS, query),
						InvalidDataAccessApiUsageException.class),
				arguments(Failures.response(400, 107, "listRecords", "GET", RECORDS, unlocated),
						InvalidDataAccessApiUsageException.class),
				arguments(Failures.response(400), InvalidDataAccessApiUsageException.class),
				arguments(Failures.response(409), TransientDataAccessResourceException.class),
				arguments(Failures.response(429), TransientDataAccessResourceException.class),
				arguments(Failures.response(503), TransientDataAccessResourceException.class),
				arguments(new KintoTransportException("reset", new IOException()),
						DataAccessResourceFailureException.class),
				arguments(new KintoLockException("busy", new TimeoutException()), CannotAcquireLockException.class),
				arguments(new KintoNotSentException("closed", null), DataAccessResourceFailureException.class),
				arguments(new KintoTransportException("late", new TimeoutException()), QueryTimeoutException.class),
				arguments(Failures.response(304), NonTransientDataAccessResourceException.class),
				arguments(Failures.response(410), NonTransientDataAccessResourceException.class),
				arguments(Failures.response(500), NonTransientDataAccessResourceException.class),
				arguments(new KintoUnsupportedException("no history", "history"),
						NonTransientDataAccessResourceException.class),
				arguments(Failures.batch(200, 412), NonTransientDataAccessResourceException.class),
				arguments(Failures.batch(503), NonTransientDataAccessResourceException.class),
				arguments(Failures.unknown(), NonTransientDataAccessResourceException.class));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void exceptionIsTranslatedAndBecomesTheCause(KintoException ex, Class<? extends DataAccessException> type) {
		assertThat(this.translator.translateExceptionIfPossible(ex)).isExactlyInstanceOf(type)
			.hasCause(ex)
			.hasMessage(ex.getMessage());
	}

	@Test
	void missingResultHasTheExpectedSize() {
		assertThat(this.translator.translate(Failures.response(404)))
			.isInstanceOfSatisfying(EmptyResultDataAccessException.class, (translated) -> {
				assertThat(translated.getExpectedSize()).isEqualTo(1);
				assertThat(translated.getActualSize()).isZero();
			});
	}

	@Test
	void otherExceptionsAreLeftToOtherTranslators() {
		assertThat(this.translator.translateExceptionIfPossible(new IllegalArgumentException("id"))).isNull();
		assertThat(this.translator.translateExceptionIfPossible(new IllegalStateException(Failures.response(404))))
			.isNull();
	}

	@Test
	void conflictsOfTheClientAreToldApart() {
		KintoClient client = KintoClient
			.builder((request) -> Mono.just(new KintoResponse(412, HttpHeaders.EMPTY, new byte[0])))
			.build();
		try (KintoTemplate kinto = new KintoTemplate(client, KintoCalls.defaults())) {
			CollectionOperations<Note> notes = kinto.bucket("blog").collection("notes", Note.class);
			assertThat(conflict(() -> notes.create("a", new Note("A")))).isInstanceOf(DuplicateKeyException.class);
			assertThat(conflict(() -> kinto.buckets().create("blog"))).isInstanceOf(DuplicateKeyException.class);
			assertThat(conflict(() -> notes.replace("a", new Note("A"), (w) -> w.safe(true))))
				.isInstanceOf(DuplicateKeyException.class);
			assertThat(conflict(() -> notes.replace("a", new Note("A"))))
				.isExactlyInstanceOf(OptimisticLockingFailureException.class);
			assertThat(conflict(() -> notes.delete("a"))).isExactlyInstanceOf(OptimisticLockingFailureException.class);
		}
	}

	private DataAccessException conflict(Runnable operation) {
		return this.translator.translate(catchThrowableOfType(KintoException.class, operation::run));
	}

	record Note(String text) {
	}

}
