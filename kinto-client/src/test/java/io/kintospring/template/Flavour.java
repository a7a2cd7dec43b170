package io.kintospring.template;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

import io.kintospring.KintoOptions;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.ListResult;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;

/**
 * Blocking view of both templates, to run the same tests with each.
 */
public enum Flavour {

	/** The blocking template. */
	BLOCKING {
		@Override
		public KintoOperations template(KintoClient client, KintoCalls calls) {
			return new KintoTemplate(client, calls);
		}
	},

	/** The reactive template, blocking for its publishers. */
	REACTIVE {
		@Override
		public KintoOperations template(KintoClient client, KintoCalls calls) {
			return awaiting(KintoOperations.class, ReactiveKintoOperations.class,
					new ReactiveKintoTemplate(client, calls));
		}
	};

	private static final Map<Class<?>, Class<?>> TWINS = Map.of(BucketOperations.class, ReactiveBucketOperations.class,
			CollectionOperations.class, ReactiveCollectionOperations.class, ContainerOperations.class,
			ReactiveContainerOperations.class, GroupOperations.class, ReactiveGroupOperations.class,
			AttributeOperations.class, ReactiveAttributeOperations.class, PermissionOperations.class,
			ReactivePermissionOperations.class, AttachmentOperations.class, ReactiveAttachmentOperations.class,
			HistoryOperations.class, ReactiveHistoryOperations.class, KintoExecutor.class, ReactiveKintoExecutor.class);

	private static final KintoCalls CALLS = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");

	private static final KintoClient ANY_CLIENT = KintoClient
		.builder((request) -> Mono.just(new KintoResponse(200, etag(), "{\"data\":[]}".getBytes())))
		.build();

	/**
	 * Create a template.
	 * @param client runs the calls
	 * @param calls creates the calls
	 * @return the template of this flavour
	 */
	public abstract KintoOperations template(KintoClient client, KintoCalls calls);

	private static <B, R> B awaiting(Class<B> blocking, Class<R> reactive, Object target) {
		return blocking.cast(Proxy.newProxyInstance(blocking.getClassLoader(), new Class<?>[] { blocking },
				(proxy, method, arguments) -> {
					try {
						Object result = reactive.getMethod(method.getName(), method.getParameterTypes())
							.invoke(target, arguments);
						return (result instanceof Publisher<?> publisher) ? await(publisher, method.getReturnType())
								: handle(result, method.getReturnType());
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				}));
	}

	private static Object handle(Object result, Class<?> blocking) {
		Class<?> reactive = TWINS.get(blocking);
		return (reactive != null) ? awaiting(blocking, reactive, result) : result;
	}

	private static @Nullable Object await(Publisher<?> publisher, Class<?> type) {
		if (type == InputStream.class) {
			return DataBufferUtils.subscriberInputStream(Flux.from(publisher).cast(DataBuffer.class), 1);
		}
		if (publisher instanceof Flux<?> flux) {
			return flux.toStream(1);
		}
		Mono<?> mono = (Mono<?>) publisher;
		return (type == Optional.class) ? mono.blockOptional().map(Flavour::page) : page(mono.block());
	}

	private static @Nullable Object page(@Nullable Object result) {
		return (result instanceof ReactiveKintoPage<?> page) ? blocking(page) : result;
	}

	/**
	 * Return a blocking view of a reactive page.
	 */
	private static <T> KintoPage<T> blocking(ReactiveKintoPage<T> page) {
		return new KintoPage<>(ANY_CLIENT.blocking(), result(page));
	}

	/**
	 * Return a call with the token of the next reactive page.
	 */
	private static <T> ListResult<T> result(ReactiveKintoPage<T> page) {
		String token = page.nextToken();
		KintoCall<ListResult<T>> next = (token != null)
				? CALLS.buckets().list((q) -> q.from(token)).map((any) -> result(page.next().block())) : null;
		return new ListResult<>(page.data(), page.tombstones(), page.timestamp(), next);
	}

	private static HttpHeaders etag() {
		HttpHeaders headers = new HttpHeaders();
		headers.setETag("\"1\"");
		return headers;
	}

}
