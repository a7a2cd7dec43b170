package io.kintospring.docs;

import io.kintospring.KintoConflictException;
import io.kintospring.boot.error.KintoProblemDetails;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
@Order(-1)
class ConflictAdvice {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handleConflict(KintoConflictException ex) {
		ProblemDetail problem = KintoProblemDetails.toProblemDetail(ex);
		problem.setTitle("Changed meanwhile");
		problem.setStatus(HttpStatus.PRECONDITION_FAILED);
		return ResponseEntity.of(problem).build();
	}

}
