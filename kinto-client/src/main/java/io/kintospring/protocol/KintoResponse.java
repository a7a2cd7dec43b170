package io.kintospring.protocol;

import java.time.Instant;
import java.util.List;

import io.kintospring.KintoSignal;

import org.springframework.http.HttpHeaders;

/**
 * What a Kinto server answered.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty if there was none
 */
public record KintoResponse(int status, HttpHeaders headers, byte[] body) {

	/**
	 * Return what the server says beside the answer itself.
	 * @param now when the answer came
	 * @return the signals, empty if there are none
	 */
	public List<KintoSignal> signals(Instant now) {
		return SignalReader.read(this.headers, now);
	}

	/**
	 * Return what is safe to log: the status.
	 */
	@Override
	public String toString() {
		return "KintoResponse[" + this.status + "]";
	}

}
