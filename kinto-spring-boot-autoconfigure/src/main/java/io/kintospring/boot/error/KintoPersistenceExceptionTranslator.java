package io.kintospring.boot.error;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import org.jspecify.annotations.Nullable;

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
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Translator of {@link KintoException} to Spring's {@link DataAccessException} hierarchy.
 * The {@code KintoException} is the cause, and its message is the message.
 * <p>
 * A failed batch becomes a {@link NonTransientDataAccessResourceException} whatever its
 * errors are. It can be applied in part, and a transient exception would invite callers
 * to repeat that part.
 * <p>
 * Instances are thread-safe. Define a bean of a subclass to replace the auto-configured
 * translator.
 */
public class KintoPersistenceExceptionTranslator implements PersistenceExceptionTranslator {

	/**
	 * Translate an exception if it is a {@link KintoException}.
	 * @param ex any exception
	 * @return the translation, or {@code null} for any other exception
	 */
	@Override
	public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException ex) {
		return (ex instanceof KintoException exception) ? translate(exception) : null;
	}

	/**
	 * Translate an exception of Kinto. Reactive code can call it in {@code onErrorMap}.
	 * The translation is:
	 * <ul>
	 * <li>conflict: {@code DuplicateKeyException} for a create, otherwise
	 * {@code OptimisticLockingFailureException}</li>
	 * <li>not found: {@code EmptyResultDataAccessException}, or
	 * {@code DataRetrievalFailureException} if the parent does not exist</li>
	 * <li>access denied: {@code PermissionDeniedDataAccessException}</li>
	 * <li>invalid request: {@code DataIntegrityViolationException} if the body is
	 * invalid, otherwise {@code InvalidDataAccessApiUsageException}</li>
	 * <li>unavailable: {@code TransientDataAccessResourceException}</li>
	 * <li>an update that did not acquire its lock:
	 * {@code CannotAcquireLockException}</li>
	 * <li>no complete response: {@code QueryTimeoutException} after a timeout, otherwise
	 * {@code DataAccessResourceFailureException}</li>
	 * <li>any other: {@code NonTransientDataAccessResourceException}</li>
	 * </ul>
	 * @param ex the exception
	 * @return the translation
	 */
	public DataAccessException translate(KintoException ex) {
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof KintoConflictException conflict) {
			return conflict.isDuplicate() ? new DuplicateKeyException(message, ex)
					: new OptimisticLockingFailureException(message, ex);
		}
		if (ex instanceof KintoNotFoundException notFound) {
			return notFound.response().isParentUnknown() ? new DataRetrievalFailureException(message, ex)
					: new EmptyResultDataAccessException(message, 1, ex);
		}
		if (ex instanceof KintoAccessDeniedException) {
			return new PermissionDeniedDataAccessException(message, ex);
		}
		if (ex instanceof KintoInvalidRequestException invalid) {
			return isAboutData(invalid) ? new DataIntegrityViolationException(message, ex)
					: new InvalidDataAccessApiUsageException(message, ex);
		}
		if (ex instanceof KintoUnavailableException) {
			return new TransientDataAccessResourceException(message, ex);
		}
		if (ex instanceof KintoLockException) {
			return new CannotAcquireLockException(message, ex);
		}
		if (ex instanceof KintoTransportException transport) {
			return Timeouts.isTimeout(transport) ? new QueryTimeoutException(message, ex)
					: new DataAccessResourceFailureException(message, ex);
		}
		return new NonTransientDataAccessResourceException(message, ex);
	}

	private static boolean isAboutData(KintoInvalidRequestException ex) {
		return ex.details().stream().anyMatch((detail) -> "body".equals(detail.location()));
	}

}
