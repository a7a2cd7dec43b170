package io.kintospring.embedded.endpoint;

import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kintospring.embedded.attachment.Attachments;
import io.kintospring.embedded.permission.AccountAuthentication;
import io.kintospring.embedded.permission.Authentication;
import io.kintospring.embedded.permission.AuthenticationPolicy;
import io.kintospring.embedded.permission.BasicAuthentication;
import io.kintospring.embedded.permission.Groups;
import io.kintospring.embedded.permission.Hmac;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.permission.TokenAuthentication;
import io.kintospring.embedded.request.FilterReader;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.PendingRequest;
import io.kintospring.embedded.resource.AccountResource;
import io.kintospring.embedded.resource.BucketResource;
import io.kintospring.embedded.resource.Changes;
import io.kintospring.embedded.resource.CollectionResource;
import io.kintospring.embedded.resource.Consequences;
import io.kintospring.embedded.resource.DataFormat;
import io.kintospring.embedded.resource.GroupResource;
import io.kintospring.embedded.resource.History;
import io.kintospring.embedded.resource.HistoryResource;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.resource.Model;
import io.kintospring.embedded.resource.ReadParents;
import io.kintospring.embedded.resource.RecordResource;
import io.kintospring.embedded.resource.Resource;
import io.kintospring.embedded.resource.ResourceChanged;
import io.kintospring.embedded.resource.SchemaValidation;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import io.kintospring.embedded.settings.StorageBackend;
import io.kintospring.embedded.storage.Backend;
import io.kintospring.embedded.storage.FileStore;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.Storage;
import io.kintospring.embedded.storage.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * Kinto without HTTP. Handles one request at a time, so each request is atomic and
 * isolated, unless the application imitates concurrent transactions.
 */
public final class KintoApplication {

	private static final Logger logger = LoggerFactory.getLogger(KintoApplication.class);

	private final Lock lock = new ReentrantLock();

	private final int maxResponseBytes;

	private final Transactions transactions;

	private final Groups groups;

	private final Permissions permissions;

	private final Storage storage;

	private final AccountAuthentication accounts = new AccountAuthentication(this::passwordHash);

	private final FileStore files;

	private final DataFormat format;

	private final Attachments attachments;

	private final Changes changes;

	private final Model model;

	private final ReadParents parents;

	private final List<Resource> resources = new ArrayList<>();

	private final InitialData initialData;

	private final DeletionTokens tokens;

	private final ConcurrentRequests concurrent;

	private final Router router;

	private Runnable onChange = () -> {
	};

	/**
	 * Create an application with initial data.
	 * @param settings the settings
	 * @param clock the clock
	 * @param initialData the initial data
	 * @param tokens the bearer tokens, with the subject of each
	 * @throws IllegalArgumentException if the initial data is invalid, or settings
	 * contradict each other
	 */
	public KintoApplication(KintoServerSettings settings, Clock clock, InitialData initialData,
			Map<String, String> tokens) {
		Hmac hmac = new Hmac(settings.get(KintoSetting.USERID_HMAC_SECRET));
		boolean transactional = settings.get(KintoSetting.STORAGE_BACKEND) == StorageBackend.POSTGRESQL;
		if (settings.get(KintoSetting.CONCURRENCY) != Concurrency.SERIAL && !transactional) {
			throw new IllegalArgumentException("%s=%s requires the PostgreSQL backend, but %s is set".formatted(
					KintoSetting.CONCURRENCY, settings.get(KintoSetting.CONCURRENCY), KintoSetting.STORAGE_BACKEND));
		}
		requireAdministrators(settings);
		this.maxResponseBytes = settings.get(KintoSetting.MAX_RESPONSE_BYTES);
		this.transactions = new Transactions(transactional);
		this.groups = new Groups(this.transactions);
		this.permissions = new Permissions(this.transactions);
		this.files = new FileStore(this.transactions);
		this.storage = new Storage(clock, backend(settings), this.transactions);
		this.parents = new ReadParents(this.storage);
		this.concurrent = new ConcurrentRequests(settings, this.storage, this.transactions);
		this.format = new DataFormat(this.storage, this.permissions, this.groups, this.files);
		this.tokens = new DeletionTokens(settings, clock);
		boolean openid = !tokens.isEmpty()
				|| settings.get(KintoSetting.MULTIAUTH_POLICIES).contains(KintoSetting.OPENID);
		List<AuthenticationPolicy> policies = policies(settings, hmac);
		if (openid) {
			policies.add(new TokenAuthentication(tokens));
		}
		this.router = new Router(new Authentication(policies, this.groups), settings);
		this.attachments = new Attachments(this.files, settings, clock);
		this.changes = new Changes(listener(settings, clock).andThen(this.attachments));
		this.model = new Model(this.storage, this.permissions, this.changes);
		addServices(settings, clock, openid);
		this.initialData = initialData;
		initialize();
	}

	/**
	 * Handle a request.
	 * @param request the request
	 * @return the response, which can be an error
	 */
	public KintoResponse handle(KintoRequest request) {
		this.lock.lock();
		long timestamp = this.storage.lastTimestamp();
		try {
			KintoResponse response = this.router.handleWhole(request, this.changes::publish);
			if (mayHaveChanged(request, timestamp)) {
				response = response.written(this.maxResponseBytes);
			}
			this.transactions.commit();
			return response;
		}
		catch (KintoError ex) {
			end(ex);
			return ex.response();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Failed to handle {} {}", request.method(), request.path(), ex);
			KintoError error = KintoError.from(ex);
			end(error);
			return error.response();
		}
		finally {
			this.changes.discard();
			this.parents.clear();
			this.accounts.completeRequest();
			try {
				if (mayHaveChanged(request, timestamp)) {
					this.onChange.run();
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Handle requests that are in flight at the same time, as PostgreSQL handles
	 * concurrent transactions.
	 * @param requests the requests that have arrived since the last call
	 * @return whether this method must be called again, even without further requests, to
	 * complete all requests
	 */
	public boolean handleConcurrently(List<PendingRequest> requests) {
		List<Runnable> responses = new ArrayList<>();
		this.lock.lock();
		try {
			return this.concurrent.execute(requests, (pending) -> answer(pending, responses));
		}
		finally {
			this.lock.unlock();
			responses.forEach(Runnable::run);
		}
	}

	/**
	 * Remove all data except the initial data. This completes all requests before.
	 */
	public void flush() {
		List<Runnable> responses = new ArrayList<>();
		this.lock.lock();
		try {
			this.concurrent.complete((pending) -> answer(pending, responses));
			reset();
		}
		finally {
			this.lock.unlock();
			responses.forEach(Runnable::run);
		}
	}

	/**
	 * Take a snapshot of all data.
	 * @return writes the snapshot to a stream as JSON, without closing the stream; later
	 * changes do not affect it
	 */
	public Consumer<OutputStream> save() {
		this.lock.lock();
		try {
			ObjectNode data = this.format.toJson();
			return (out) -> DataFormat.write(data, out);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Replace all data.
	 * @param data the data that {@link #save()} has written
	 * @throws IllegalArgumentException if the data is invalid. The message contains none
	 * of the data, and the application must not be used any more.
	 */
	public void restore(byte[] data) {
		this.lock.lock();
		try {
			clear();
			this.format.restore(data);
			this.transactions.commit();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Set a listener for changes of the data. By default, there is none.
	 * @param listener called after each request that may have changed data, while no
	 * other request is handled
	 */
	public void onChange(Runnable listener) {
		this.lock.lock();
		try {
			this.onChange = listener;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Handle a request that waits for its response. If a listener fails, the other
	 * requests of the round must still get a response.
	 */
	private void answer(PendingRequest pending, List<Runnable> responses) {
		KintoRequest request = pending.request();
		KintoResponse response;
		try {
			response = handle(request);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Failed to handle {} {}", request.method(), request.path(), ex);
			response = KintoError.from(ex).response();
		}
		KintoResponse answer = response;
		responses.add(() -> pending.response().accept(answer));
	}

	private void reset() {
		clear();
		initialize();
		this.concurrent.reset();
		this.onChange.run();
	}

	private void initialize() {
		this.initialData.store(this.model, this.resources);
		this.transactions.commit();
	}

	private void clear() {
		this.storage.flush();
		this.files.flush();
		this.permissions.flush();
		this.groups.flush();
		this.accounts.flush();
		this.tokens.flush();
	}

	/**
	 * Return whether a request may have changed data. Reading can create lists, and a
	 * personal bucket.
	 */
	private boolean mayHaveChanged(KintoRequest request, long timestampBefore) {
		return !request.isReading() || this.storage.lastTimestamp() != timestampBefore;
	}

	/**
	 * Require, as Kinto does, that everyone who may create the accounts of others may
	 * also write them.
	 */
	private static void requireAdministrators(KintoServerSettings settings) {
		Set<String> creators = new LinkedHashSet<>(settings.get(KintoSetting.ACCOUNT_CREATE_PRINCIPALS));
		creators.remove(Principals.EVERYONE);
		creators.removeAll(settings.get(KintoSetting.principals(AccountResource.NAME, "write")));
		if (settings.plugins().contains(Plugin.ACCOUNTS) && !creators.isEmpty()) {
			throw new IllegalArgumentException("%s contains %s, but kinto.account_write_principals does not"
				.formatted(KintoSetting.ACCOUNT_CREATE_PRINCIPALS, String.join(", ", creators)));
		}
	}

	private List<AuthenticationPolicy> policies(KintoServerSettings settings, Hmac hmac) {
		Set<String> names = settings.get(KintoSetting.MULTIAUTH_POLICIES);
		List<AuthenticationPolicy> policies = new ArrayList<>();
		if (names.contains(KintoSetting.ACCOUNT) && settings.plugins().contains(Plugin.ACCOUNTS)) {
			policies.add(this.accounts);
		}
		if (names.contains(KintoSetting.BASICAUTH)) {
			policies.add(new BasicAuthentication(hmac));
		}
		return policies;
	}

	private static Backend backend(KintoServerSettings settings) {
		return switch (settings.get(KintoSetting.STORAGE_BACKEND)) {
			case MEMORY -> Backend.memory();
			case POSTGRESQL -> Backend.postgresql(settings.get(KintoSetting.COLLATION).orElse(null));
		};
	}

	private @Nullable String passwordHash(String name) {
		ObjectNode account = this.storage.find(new ListUri(null, AccountResource.NAME).object(name));
		return (account != null) ? account.path(AccountResource.PASSWORD).asString("") : null;
	}

	private void addServices(KintoServerSettings settings, Clock clock, boolean openid) {
		Hmac hmac = new Hmac(settings.get(KintoSetting.DEFAULT_BUCKET_HMAC_SECRET));
		Set<Plugin> plugins = settings.plugins();
		this.router.add(new RootEndpoint(settings, hmac, clock, openid).service());
		UtilityEndpoints utility = new UtilityEndpoints(plugins, this::reset);
		utility.services().forEach(this.router::add);
		if (plugins.contains(Plugin.FLUSH)) {
			this.router.add(utility.flushService());
		}
		if (plugins.contains(Plugin.COUNTERS)) {
			this.router.add(UtilityEndpoints.countersService(this.storage));
		}
		this.router.add(new OpenApiEndpoint(settings, this.router.services()).service());
		this.router.add(new BatchEndpoint(settings, this.router::handle, this.transactions).service());
		if (plugins.contains(Plugin.DEFAULT_BUCKET)) {
			new DefaultBucket(hmac, this.model, this.parents, settings, this.router::forward).services()
				.forEach(this.router::add);
		}
		FilterReader filters = new FilterReader(clock);
		if (settings.get(KintoSetting.EXPERIMENTAL_PERMISSIONS_ENDPOINT)) {
			this.router.add(new PermissionsEndpoint(this.storage, this.permissions, settings, filters).service());
		}
		addResources(settings, clock, filters);
	}

	private Consumer<List<ResourceChanged>> listener(KintoServerSettings settings, Clock clock) {
		Consumer<List<ResourceChanged>> consequences = new Consequences(this.storage, this.permissions, this.groups);
		return settings.plugins().contains(Plugin.HISTORY)
				? new History(this.storage, this.permissions, clock).andThen(consequences) : consequences;
	}

	private void addResources(KintoServerSettings settings, Clock clock, FilterReader filters) {
		Set<Plugin> plugins = settings.plugins();
		boolean history = plugins.contains(Plugin.HISTORY);
		int maxBytes = settings.get(KintoSetting.MAX_BODY_BYTES);
		Authorization authorization = new Authorization(this.permissions, settings);
		SchemaValidation schemas = new SchemaValidation(this.parents, settings);
		Caching caching = new Caching(clock);
		Resource bucket = new BucketResource();
		Resource collection = new CollectionResource(bucket, schemas);
		Resource record = new RecordResource(collection, this.parents, schemas, settings);
		this.resources.addAll(List.of(bucket, new GroupResource(bucket, schemas), collection, record));
		this.resources.forEach((resource) -> addResource(settings,
				new ObjectEndpoint(resource, this.model, authorization, caching, history, maxBytes).service()));
		if (plugins.contains(Plugin.ATTACHMENT)) {
			new AttachmentEndpoint(record, this.model, authorization, caching, this.attachments, this.files).services()
				.forEach(this.router::add);
		}
		if (plugins.contains(Plugin.ACCOUNTS)) {
			Resource account = new AccountResource(settings);
			this.resources.add(account);
			addResource(settings,
					new ObjectEndpoint(account, this.model, authorization, caching, false, maxBytes).service());
		}
		if (history) {
			this.resources.add(new HistoryResource(bucket));
			this.router.add(new SnapshotEndpoint(this.storage, this.permissions).service());
		}
		this.resources.forEach((resource) -> addResource(settings,
				new ListEndpoint(resource, this.model, authorization, settings, filters, this.tokens, caching)
					.service()));
	}

	/**
	 * End the transaction of a request that fails. Only this server has limits of its
	 * memory, so nothing is stored if a request exceeds them, whatever the backend.
	 */
	private void end(KintoError error) {
		if (error.response().status() == HttpStatus.INSUFFICIENT_STORAGE) {
			this.transactions.undo();
		}
		else if (!error.isOfValidation()) {
			this.transactions.rollback();
		}
		this.transactions.commit();
	}

	private void addResource(KintoServerSettings settings, Service service) {
		this.router.add(settings.get(KintoSetting.READONLY) ? service.readonly() : service);
	}

}
