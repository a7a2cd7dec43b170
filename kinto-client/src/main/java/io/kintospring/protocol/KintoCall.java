package io.kintospring.protocol;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnsupportedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpStatus;

/**
 * A request, and how to read its answer. A call is a value: nothing is sent until a
 * client runs it, which it can do as often as wanted.
 *
 * @param <R> what the answer is read as
 * @see KintoFlow
 * @see KintoSequence
 */
public final class KintoCall<R> {

	static final String EXPECTED = "what was asked for";

	private final KintoRequest request;

	private final Function<KintoResponse, R> reader;

	private final @Nullable Plugin plugin;

	private KintoCall(KintoRequest request, Function<KintoResponse, R> reader, @Nullable Plugin plugin) {
		this.request = request;
		this.reader = reader;
		this.plugin = plugin;
	}

	/**
	 * Create a call of your own, such as to an endpoint of a plugin.
	 * @param <R> what the answer is read as
	 * @param request what to send
	 * @param reader reads an answer that is a success (2xx); where it throws an
	 * {@link IllegalArgumentException} or Jackson's exception, the answer is told to be
	 * unreadable
	 * @return the call, which fails with a {@link KintoResponseException} for any other
	 * answer
	 */
	public static <R> KintoCall<R> of(KintoRequest request, Function<KintoResponse, R> reader) {
		return of(request, EXPECTED, reader, Errors.ExistingReader.NONE);
	}

	/**
	 * Create a call.
	 * @param <R> what the answer is read as
	 * @param request what to send
	 * @param expected what the answer should be, for messages
	 * @param reader reads an answer that is a success
	 * @param existing reads the object that a conflict tells of
	 * @return the call
	 */
	static <R> KintoCall<R> of(KintoRequest request, String expected, Function<KintoResponse, R> reader,
			Errors.ExistingReader existing) {
		return new KintoCall<>(request, (response) -> {
			if (!Errors.isSuccess(response.status())) {
				throw Errors.error(request, response, existing);
			}
			return read(request, response, expected, () -> reader.apply(response));
		}, null);
	}

	/**
	 * Read an answer, or a part of it.
	 */
	static <R extends @Nullable Object> R read(KintoRequest request, KintoResponse response, String expected,
			Supplier<? extends R> reader) {
		try {
			return reader.get();
		}
		catch (JacksonException | IllegalArgumentException ex) {
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
	 * Return what has to be known of the server before the request can be sent.
	 * @return a flow that is done at once if there is nothing to find out, or that asks
	 * the server for its capabilities; it fails with a {@link KintoUnsupportedException}
	 * if the one that is needed is missing
	 */
	public KintoFlow<?> requirement() {
		return (this.plugin != null) ? this.plugin.present(this.request) : KintoFlow.done(this.request);
	}

	@Nullable Plugin plugin() {
		return this.plugin;
	}

	/**
	 * Return this call as one that only servers with a plugin understand.
	 */
	KintoCall<R> requiring(Plugin required) {
		return new KintoCall<>(this.request, this.reader, required);
	}

	/**
	 * Read an answer.
	 * @param response what the server answered
	 * @return what was asked for
	 * @throws KintoResponseException if the answer is an error or cannot be read
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
	 * as the rest of the answer can.
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
	 * Return a call that takes a missing object for no result, instead of failing. If it
	 * is the parent that is missing, it still fails.
	 * @return the call
	 */
	KintoCall<Optional<R>> orEmpty() {
		return reading((response) -> Errors.isObjectMissing(response) ? Optional.empty()
				: Optional.of(this.reader.apply(response)));
	}

	/**
	 * Return a call that takes "nothing has changed" for no result.
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
		return new KintoCall<>(this.request, other, this.plugin);
	}

	@Override
	public String toString() {
		return this.request.toString();
	}

}
