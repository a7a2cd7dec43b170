package io.kintospring.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * A request and the function that reads its response. A call is an immutable value.
 * Nothing is sent until a client runs it, and it can be run several times.
 *
 * @param <R> the type of the result
 * @see KintoFlow
 * @see KintoSequence
 */
public final class KintoCall<R> {

	/** Expected content of custom calls, whose readers may throw exceptions with data. */
	static final String EXPECTED = "the expected result";

	/** Headers that describe a body or a precondition of one request. */
	private static final List<String> OF_ONE_REQUEST = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_NONE_MATCH);

	private final KintoRequest request;

	private final Function<KintoResponse, R> reader;

	private final Function<KintoResponse, @Nullable KintoCall<R>> ahead;

	private final @Nullable String capability;

	private final boolean repeatable;

	private KintoCall(KintoRequest request, Function<KintoResponse, R> reader,
			Function<KintoResponse, @Nullable KintoCall<R>> ahead, @Nullable String capability, boolean repeatable) {
		this.request = request;
		this.reader = reader;
		this.ahead = ahead;
		this.capability = capability;
		this.repeatable = repeatable;
	}

	private KintoCall(KintoRequest request, Function<KintoResponse, R> reader, @Nullable String capability,
			boolean repeatable) {
		this(request, reader, (head) -> null, capability, repeatable);
	}

	/**
	 * Create a custom call, such as to an endpoint of a plugin. It fails with a
	 * {@link KintoResponseException} if the response is no success (2xx) or unreadable.
	 * @param <R> the type of the result
	 * @param request the request
	 * @param reader reads a successful response. If it throws an
	 * {@link IllegalArgumentException}, a Jackson exception or an {@link Error}, the
	 * response is unreadable.
	 * @return the call
	 */
	public static <R> KintoCall<R> of(KintoRequest request, Function<KintoResponse, R> reader) {
		return of(request, EXPECTED, reader, Errors.ExistingReader.NONE);
	}

	/**
	 * Create a call.
	 * @param <R> the type of the result
	 * @param request the request
	 * @param expected the expected content of the response, for messages
	 * @param reader reads a successful response
	 * @param existing reads the existing object from the response to a conflict
	 * @return the call
	 */
	static <R> KintoCall<R> of(KintoRequest request, String expected, Function<KintoResponse, R> reader,
			Errors.ExistingReader existing) {
		return of(request, expected, reader, existing, OwnAttempt.none());
	}

	/**
	 * Create a call.
	 * @param own reads the result from the response to a conflict with an earlier attempt
	 */
	static <R> KintoCall<R> of(KintoRequest request, String expected, Function<KintoResponse, R> reader,
			Errors.ExistingReader existing, OwnAttempt<R> own) {
		return new KintoCall<>(request, (response) -> {
			if (Errors.isSuccess(response.status())) {
				return read(request, response, expected, () -> reader.apply(response));
			}
			KintoException error = read(request, response, expected, () -> Errors.error(request, response, existing));
			R result = response.isRepeated() ? own.result(error, response) : null;
			if (result == null) {
				KintoException uncertain = response.uncertain();
				throw (uncertain == null || request.isRead() || Errors.isAsUncertain(request, response, uncertain))
						? error : Errors.uncertain(uncertain, response);
			}
			return result;
		}, null, request.isRepeatable());
	}

	/**
	 * Read a response or a part of it. If the reader fails, the response counts as
	 * unreadable.
	 */
	static <R extends @Nullable Object> R read(KintoRequest request, KintoResponse response, String expected,
			Supplier<? extends R> reader) {
		try {
			return reader.get();
		}
		catch (JacksonException | IllegalArgumentException | Error ex) {
			throw Errors.unreadable(request, response, expected, ex);
		}
	}

	/**
	 * Create a call whose reader also gets error responses.
	 */
	static <R> KintoCall<R> raw(KintoRequest request, Function<KintoResponse, R> reader) {
		return new KintoCall<>(request, reader, null, request.isRepeatable());
	}

	/**
	 * Return the request.
	 * @return the request
	 */
	public KintoRequest request() {
		return this.request;
	}

	/**
	 * Return whether the call has the same effect when it is applied twice. Only such a
	 * call is sent again if its response is missing.
	 * @return {@code true} by default for {@code GET}, {@code HEAD}, {@code PUT} and
	 * {@code DELETE}, and for a {@code PATCH} that is no JSON Patch or has an
	 * {@code If-Match} header
	 */
	public boolean isRepeatable() {
		return this.repeatable;
	}

	/**
	 * Return a copy of this call for which you know whether it has the same effect when
	 * it is applied twice.
	 * @param repeatable whether it may be sent again if its response is missing
	 * @return the copy
	 */
	public KintoCall<R> repeatable(boolean repeatable) {
		return new KintoCall<>(this.request, this.reader, this.ahead, this.capability, repeatable);
	}

	/**
	 * Return the capability that the server must have for this call.
	 * @return the name of the capability, such as {@code history}, or {@code null} if the
	 * call requires none
	 */
	public @Nullable String capability() {
		return this.capability;
	}

	/**
	 * Return the call that reads the information of the same server. It has the headers
	 * of this call, except {@code Content-Type}, {@code If-Match} and
	 * {@code If-None-Match}.
	 * @return the call
	 * @see #requireSupport(KintoServerInfo)
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return serverInfo(this.request.operation(),
				this.request.withHeaders((headers) -> OF_ONE_REQUEST.forEach(headers::remove)).headers(),
				this.request.retry());
	}

	static KintoCall<KintoServerInfo> serverInfo(String operation, HttpHeaders headers, @Nullable KintoRetry retry) {
		return of(new KintoRequest(operation, HttpMethod.GET, KintoRequest.ROOT, "", headers, null, retry),
				"server information", KintoCall::readServerInfo, Errors.ExistingReader.NONE);
	}

	private static KintoServerInfo readServerInfo(KintoResponse response) {
		return KintoJson.read(response.body(), KintoServerInfo.class);
	}

	/**
	 * Check that a server supports this call.
	 * @param info the server information
	 * @throws KintoUnsupportedException if the server lacks the capability
	 */
	public void requireSupport(KintoServerInfo info) {
		if (this.capability != null && !isSupportedBy(info)) {
			throw Capabilities.missing(this.request, this.capability);
		}
	}

	/**
	 * Return whether a server supports this call.
	 * @param info the server information
	 * @return {@code true} if the server has the capability, or if the call requires none
	 */
	public boolean isSupportedBy(KintoServerInfo info) {
		return this.capability == null || info.capabilities().containsKey(this.capability);
	}

	/**
	 * Return the server information in a response to this call.
	 * @param response the response
	 * @return the information, or {@code null} if this call does not request it or it is
	 * unreadable
	 */
	public @Nullable KintoServerInfo serverInfoIn(KintoResponse response) {
		boolean requested = this.request.method() == HttpMethod.GET && this.request.path().equals(KintoRequest.ROOT);
		if (!requested || !Errors.isSuccess(response.status())) {
			return null;
		}
		try {
			return readServerInfo(response);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return Kinto's error number in a response to any call. Each invocation reads the
	 * body of an error response.
	 * @param response the response
	 * @return the number, such as 110, or {@code null} if the response is no error (4xx
	 * or 5xx) or has no number
	 */
	public static @Nullable Integer errnoIn(KintoResponse response) {
		return (response.status() >= HttpStatus.BAD_REQUEST.value()) ? Errors.errno(response) : null;
	}

	/**
	 * Return whether a response shows that the server lost the capability of this call.
	 * @param response the response
	 * @return {@code true} if the server does not know the path or the method
	 */
	public boolean isContradicted(KintoResponse response) {
		return this.capability != null && (response.status() == HttpStatus.METHOD_NOT_ALLOWED.value()
				|| (response.status() == HttpStatus.NOT_FOUND.value() && !Errors.isObjectMissing(response)));
	}

	/**
	 * Return whether the server rejected the credentials of this call. Kinto does not
	 * check the credentials of a batch, but those of each call in it.
	 * @param response the response
	 * @return {@code true} if the response, or the response to every call of a batch, has
	 * status 401
	 */
	public boolean isUnauthorized(KintoResponse response) {
		return response.status() == HttpStatus.UNAUTHORIZED.value()
				|| (this.request.path().equals(BatchSplitter.PATH) && UnauthorizedBatch.matches(response));
	}

	/**
	 * Return a copy of this call that requires a capability.
	 */
	KintoCall<R> requiring(String required) {
		return new KintoCall<>(this.request, this.reader, this.ahead, required, this.repeatable);
	}

	/**
	 * Return the call that follows this one, such as for the {@code Next-Page} header. A
	 * client can send it while it receives the body of the response.
	 * @param head the status and headers of the response to this call
	 * @return the next call, or {@code null} if there is none or it depends on the body
	 */
	public @Nullable KintoCall<R> ahead(KintoResponse head) {
		try {
			return Errors.isSuccess(head.status()) ? this.ahead.apply(head) : null;
		}
		catch (IllegalArgumentException ex) {
			// reading the response throws it again
			return null;
		}
	}

	/**
	 * Return a copy of this call whose successor depends on status and headers only.
	 */
	KintoCall<R> followedBy(Function<KintoResponse, @Nullable KintoCall<R>> next) {
		return new KintoCall<>(this.request, this.reader, next, this.capability, this.repeatable);
	}

	/**
	 * Read a response.
	 * @param response the response
	 * @return the result
	 * @throws KintoResponseException if the response is an error or cannot be read
	 */
	public R read(KintoResponse response) {
		return this.reader.apply(response);
	}

	/**
	 * Return a call that converts the result. An exception of the function is thrown as
	 * it is.
	 * @param <S> the type of the new result
	 * @param part the function
	 * @return the call
	 */
	public <S> KintoCall<S> map(Function<? super R, ? extends S> part) {
		return reading((response) -> part.apply(this.reader.apply(response)));
	}

	/**
	 * Return a call that reads a part of the result. If that fails, the response counts
	 * as unreadable.
	 * @param <S> the type of the new result
	 * @param expected the expected content, for messages
	 * @param part reads the part
	 * @return the call
	 */
	<S> KintoCall<S> reading(String expected, Function<? super R, ? extends S> part) {
		return reading((response) -> {
			R result = this.reader.apply(response);
			return read(this.request, response, expected, () -> part.apply(result));
		});
	}

	/**
	 * Return a call whose result is empty if the object is missing. If the parent is
	 * missing, it still fails.
	 * @return the call
	 */
	KintoCall<Optional<R>> orEmpty() {
		return reading((response) -> Errors.isObjectMissing(response) ? Optional.empty()
				: Optional.of(this.reader.apply(response)));
	}

	/**
	 * Return this call with an empty result for a {@code 304} response, instead of an
	 * exception. Use it for a request with an {@code If-None-Match} header.
	 * @return the call
	 */
	public KintoCall<Optional<R>> ifModified() {
		return reading((response) -> (response.status() == HttpStatus.NOT_MODIFIED.value()) ? Optional.empty()
				: Optional.of(this.reader.apply(response)));
	}

	/**
	 * Return a call that returns a fallback for some errors.
	 * @param type the type of the errors
	 * @param instead creates the fallback
	 * @return the call
	 */
	<E extends RuntimeException> KintoCall<R> recover(Class<E> type, Function<? super E, ? extends R> instead) {
		return reading((response) -> {
			try {
				return this.reader.apply(response);
			}
			catch (RuntimeException ex) {
				if (!type.isInstance(ex)) {
					throw ex;
				}
				return instead.apply(type.cast(ex));
			}
		});
	}

	private <S> KintoCall<S> reading(Function<KintoResponse, S> other) {
		return new KintoCall<>(this.request, other, this.capability, this.repeatable);
	}

	@Override
	public String toString() {
		return this.request.toString();
	}

}
