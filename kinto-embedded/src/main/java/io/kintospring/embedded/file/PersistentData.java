package io.kintospring.embedded.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.kintospring.embedded.endpoint.KintoApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data of an application that is kept in a file. The data is saved a short time after a
 * change, so several changes are saved together, and when this object is closed.
 * <p>
 * Thread-safe.
 */
public final class PersistentData implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PersistentData.class);

	private static final Duration DELAY = Duration.ofMillis(500);

	private final DataFile file;

	private final KintoApplication application;

	private final ScheduledThreadPoolExecutor executor;

	private boolean unsaved;

	private boolean failing;

	private boolean closed;

	private PersistentData(DataFile file, KintoApplication application) {
		this.file = file;
		this.application = application;
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "kinto-embedded-data-file");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Lock a file and load its data into an application. If the file does not exist, the
	 * application keeps its data. The file is not changed before {@link #start()}.
	 * @param path the path of the file
	 * @param application the application
	 * @return the data
	 * @throws DataFileException if the file cannot be read, or another server uses it
	 */
	public static PersistentData open(Path path, KintoApplication application) {
		DataFile file = DataFile.open(path);
		try {
			if (file.exists()) {
				restore(file, application);
			}
			return new PersistentData(file, application);
		}
		catch (RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	private static void restore(DataFile file, KintoApplication application) {
		try {
			application.restore(file.read());
		}
		catch (IllegalArgumentException ex) {
			throw DataFileException.unreadable(file.path(), String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Create the file if it does not exist, and save changes from now on.
	 * @throws DataFileException if the file cannot be written
	 */
	public void start() {
		if (!this.file.exists()) {
			save();
		}
		this.application.onChange(this::changed);
	}

	/**
	 * Return the path of the file.
	 * @return the absolute path
	 */
	public Path file() {
		return this.file.path();
	}

	/**
	 * Save unsaved changes and release the file.
	 * @throws DataFileException if the file cannot be written
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		synchronized (this.file) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			try {
				saveChanges();
			}
			finally {
				this.file.close();
			}
		}
	}

	private synchronized void changed() {
		if (!this.unsaved) {
			this.unsaved = true;
			this.executor.schedule(this::saveInBackground, DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private synchronized boolean takeUnsaved() {
		boolean taken = this.unsaved;
		this.unsaved = false;
		return taken;
	}

	private void saveInBackground() {
		synchronized (this.file) {
			if (this.closed) {
				return;
			}
			try {
				saveChanges();
			}
			catch (DataFileException ex) {
				if (!this.failing) {
					logger.error("{}. The server tries again", ex.getMessage(), ex.getCause());
				}
				this.failing = true;
				changed();
			}
		}
	}

	private void saveChanges() {
		if (takeUnsaved()) {
			save();
			this.failing = false;
		}
	}

	private void save() {
		this.file.write(this.application.save());
	}

}
