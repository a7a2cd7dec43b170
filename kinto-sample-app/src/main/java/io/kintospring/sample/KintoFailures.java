package io.kintospring.sample;

import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * Exception handlers that render error pages for Kinto failures.
 */
@ControllerAdvice
class KintoFailures {

	private static final Log logger = LogFactory.getLog(KintoFailures.class);

	@ExceptionHandler
	ModelAndView missing(KintoNotFoundException ex) {
		return new ModelAndView("error/404", HttpStatus.NOT_FOUND);
	}

	@ExceptionHandler
	ModelAndView failed(KintoException ex) {
		logger.warn(ex.getMessage());
		boolean passing = ex instanceof KintoTransportException || ex instanceof KintoUnavailableException;
		return new ModelAndView("unavailable", passing ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_GATEWAY)
			.addObject("reason", ex.getMessage());
	}

}
