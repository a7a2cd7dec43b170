package io.kintospring;

import org.jspecify.annotations.Nullable;

/**
 * The root of what goes wrong when talking to Kinto: no answer came
 * ({@link KintoTransportException}), or one that is not what was asked for
 * ({@link KintoResponseException}), or nothing was sent, as the server lacks what it was
 * for ({@link KintoUnsupportedException}). No message holds credentials.
 */
public abstract sealed class KintoException extends RuntimeException
		permits KintoTransportException, KintoResponseException, KintoUnsupportedException {

	KintoException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
