package io.kintospring.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * A request, and how to read its response. A call is an immutable value: nothing is sent
 * until a client runs it, which it can do as often as wanted.
 *
 * @param <R> what the response is read as
 * @see KintoFlow
 * @see KintoSequence
 */
public final class KintoCall<R> {

	static final String EXPECTED = "what was asked for";

	/** Headers that describe a body or a precondition of one request. */
	private static final List<String> OF_ONE_REQUEST = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_NONE_MATCH);

	private final KintoRequest request;

	private final Function<KintoResponse, R> reader;

	private final Function<KintoResponse, @Nullable KintoCall<R>> ahead;

	private final @Nullable String capability;

	private KintoCall(KintoRequest request, Function<KintoResponse, R> reader,
			Function<KintoResponse, @Nullable KintoCall<R>> ahead, @Nullable String capability) {
		this.request = request;
		this.reader = reader;
		this.ahead = ahead;
		this.capability = capability;
	}

	private KintoCall(KintoRequest request, Function<KintoResponse, R> reader, @Nullable String capability) {
		this(request, reader, (head) -> null, capability);
	}

	/**
	 * Create a call of your own, such as to an endpoint of a plugin.
	 * @param <R> what the response is read as
	 * @param request what to send
	 * @param reader reads a response that is a success (2xx); if it throws an
	 * {@link IllegalArgumentException}, a Jackson exception or an {@link Error}, the
	 * response is reported as unreadable
	 * @return the call, which fails with a {@link KintoResponseException} for any other
	 * response
	 */
	public static <R> KintoCall<R> of(KintoRequest request, Function<KintoResponse, R> reader) {
		return of(request, EXPECTED, reader, Errors.ExistingReader.NONE);
	}

	/**
	 * Create a call.
	 * @param <R> what the response is read as
	 * @param request what to send
	 * @param expected what the response should be, for messages
	 * @param reader reads a response that is a success
	 * @param existing reads the object in the response to a conflict
	 * @return the call
	 */
	static <R> KintoCall<R> of(KintoRequest request, String expected, Function<KintoResponse, R> reader,
			Errors.ExistingReader existing) {
		return new KintoCall<>(request, (response) -> {
			if (!Errors.isSuccess(response.status())) {
				throw read(request, response, expected, () -> Errors.error(request, response, existing));
			}
			return read(request, response, expected, () -> reader.apply(response));
		}, null);
	}

	/**
	 * Read a response, or a part of it.
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
	 * Create a call that reads errors, too.
	 */
	static <R> KintoCall<R> raw(KintoRequest request, Function<KintoResponse, R> reader) {
		return new KintoCall<>(request, reader, null);
	}

	/**
	 * Return what to send.
	 * @return the request
	 */
	public KintoRequest request() {
		return this.request;
	}

	/**
	 * Return the capability that the server must have for this call.
	 * @return the name of the capability, such as {@code history}, or {@code null} if
	 * every server understands the call
	 */
	public @Nullable String capability() {
		return this.capability;
	}

	/**
	 * Return the call that asks the same server about itself: with the headers of this
	 * call, but without those that describe a body or a precondition.
	 * @return the call
	 * @see #requireSupport(KintoServerInfo)
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return serverInfo(this.request.operation(),
				this.request.withHeaders((headers) -> OF_ONE_REQUEST.forEach(headers::remove)).headers());
	}

	static KintoCall<KintoServerInfo> serverInfo(String operation, HttpHeaders headers) {
		return of(new KintoRequest(operation, HttpMethod.GET, ServerInfoReader.ROOT, "", headers, null),
				"what Kinto says of itself", (response) -> ServerInfoReader.read(response.body()),
				Errors.ExistingReader.NONE);
	}

	/**
	 * Check that a server supports this call.
	 * @param info what the server says about itself
	 * @throws KintoUnsupportedException if the server lacks the capability
	 */
	public void requireSupport(KintoServerInfo info) {
		if (!isSupportedBy(info)) {
			throw new KintoUnsupportedException(this.request + " was not sent: the server lacks the capability '"
					+ this.capability + "', which its configuration decides on", String.valueOf(this.capability));
		}
	}

	/**
	 * Return whether a server supports this call.
	 * @param info what the server says about itself
	 * @return {@code true} if the server has the capability, or if none is required
	 */
	public boolean isSupportedBy(KintoServerInfo info) {
		return this.capability == null || info.capabilities().containsKey(this.capability);
	}

	/**
	 * Return what the server says about itself in a response to this call.
	 * @param response the response
	 * @return the information, or {@code null} if this call does not ask for it, or if it
	 * cannot be read
	 */
	public @Nullable KintoServerInfo serverInfoIn(KintoResponse response) {
		if (!ServerInfoReader.isServerInfo(this.request) || !Errors.isSuccess(response.status())) {
			return null;
		}
		try {
			return ServerInfoReader.read(response.body());
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return whether a response says that the server lacks the capability of this call
	 * after all.
	 * @param response the response
	 * @return {@code true} if the server does not know the path or the method
	 */
	public boolean isContradicted(KintoResponse response) {
		return this.capability != null && (response.status() == HttpStatus.METHOD_NOT_ALLOWED.value()
				|| (response.status() == HttpStatus.NOT_FOUND.value() && !Errors.isObjectMissing(response)));
	}

	/**
	 * Return this call as one that requires a capability.
	 */
	KintoCall<R> requiring(String required) {
		return new KintoCall<>(this.request, this.reader, this.ahead, required);
	}

	/**
	 * Return the call that follows this one, if that is known before the body of the
	 * response has come: it can be sent meanwhile.
	 * @param head status and headers of the response to this call
	 * @return the next call, or {@code null} if there is none or if it is not known yet
	 */
	public @Nullable KintoCall<R> ahead(KintoResponse head) {
		try {
			return Errors.isSuccess(head.status()) ? this.ahead.apply(head) : null;
		}
		catch (IllegalArgumentException ex) {
			// reading the response tells why
			return null;
		}
	}

	/**
	 * Return this call as one whose successor is known by status and headers.
	 */
	KintoCall<R> followedBy(Function<KintoResponse, @Nullable KintoCall<R>> next) {
		return new KintoCall<>(this.request, this.reader, next, this.capability);
	}

	/**
	 * Read a response.
	 * @param response the server's response
	 * @return what was asked for
	 * @throws KintoResponseException if the response is an error or cannot be read
	 */
	public R read(KintoResponse response) {
		return this.reader.apply(response);
	}

	/**
	 * Return a call that gives a part of this one's result.
	 * @param <S> the type of the part
	 * @param part takes the part
	 * @return the call
	 */
	public <S> KintoCall<S> map(Function<? super R, ? extends S> part) {
		return reading((response) -> part.apply(this.reader.apply(response)));
	}

	/**
	 * Return a call that reads a part of this one's result, which can be found unreadable
	 * as the rest of the response can.
	 * @param <S> the type of the part
	 * @param expected what the part should be, for messages
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
	 * Return a call that takes a missing object for no result, instead of failing. If the
	 * parent is missing, it still fails.
	 * @return the call
	 */
	KintoCall<Optional<R>> orEmpty() {
		return reading((response) -> Errors.isObjectMissing(response) ? Optional.empty()
				: Optional.of(this.reader.apply(response)));
	}

	/**
	 * Return a call that takes "not modified" for no result.
	 * @return the call
	 */
	KintoCall<Optional<R>> unlessNotModified() {
		return reading((response) -> (response.status() == HttpStatus.NOT_MODIFIED.value()) ? Optional.empty()
				: Optional.of(this.reader.apply(response)));
	}

	/**
	 * Return a call that gives something else instead of failing.
	 * @param type the errors that it does so for
	 * @param instead makes what it gives
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
		return new KintoCall<>(this.request, other, this.capability);
	}

	@Override
	public String toString() {
		return this.request.toString();
	}

}
