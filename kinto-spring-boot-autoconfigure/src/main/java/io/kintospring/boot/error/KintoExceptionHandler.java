package io.kintospring.boot.error;

import io.kintospring.KintoException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Controller advice that responds with {@linkplain KintoProblemDetails problem details}
 * to each {@link KintoException}, even if it is the cause of another exception. It serves
 * Spring MVC and Spring WebFlux.
 * <p>
 * Exceptions that become a response with a 5xx status are logged at level WARN, because
 * Spring does not log exceptions that are handled. The advice has the same order as that
 * of Spring Boot for problem details, 0. Define a bean of a subclass to replace it.
 */
@RestControllerAdvice
@Order(0)
public class KintoExceptionHandler {

	private static final Log logger = LogFactory.getLog(KintoExceptionHandler.class);

	/**
	 * Respond to an exception of Kinto.
	 * @param ex the exception
	 * @return the response
	 */
	@ExceptionHandler
	public ResponseEntity<ProblemDetail> handleKintoException(KintoException ex) {
		ResponseEntity<ProblemDetail> response = KintoProblemDetails.toResponseEntity(ex);
		if (response.getStatusCode().is5xxServerError()) {
			logger.warn("Responding with status " + response.getStatusCode().value(), ex);
		}
		return response;
	}

}
