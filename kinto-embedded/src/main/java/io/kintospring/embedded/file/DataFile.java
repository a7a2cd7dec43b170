package io.kintospring.embedded.file;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * File that is replaced atomically, readable only for its owner if the file system
 * supports this. A lock file next to it makes sure that only one server uses it.
 * <p>
 * Not thread-safe.
 */
final class DataFile implements AutoCloseable {

	private final Path path;

	private final Path temporary;

	private final FileChannel lock;

	private DataFile(Path path, FileChannel lock) {
		this.path = path;
		this.temporary = sibling(path, ".tmp");
		this.lock = lock;
	}

	/**
	 * Open and lock a file. Missing directories are created, the file is not.
	 * @param path the path of the file
	 * @return the file
	 * @throws DataFileException if another server uses the file, or the directory is not
	 * writable
	 */
	static DataFile open(Path path) {
		try {
			Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
			Path directory = target.getParent();
			if (directory == null || Files.isDirectory(target)) {
				throw DataFileException.unreadable(target, "it is a directory", null);
			}
			Files.createDirectories(directory);
			return new DataFile(target, lock(target));
		}
		catch (IOException ex) {
			throw DataFileException.unwritable(path, ex);
		}
	}

	private static FileChannel lock(Path path) throws IOException {
		FileChannel channel = FileChannel.open(sibling(path, ".lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (OverlappingFileLockException ex) {
			// another server of this JVM
		}
		channel.close();
		throw DataFileException.inUse(path);
	}

	private static Path sibling(Path path, String extension) {
		return path.resolveSibling(path.getFileName() + extension);
	}

	Path path() {
		return this.path;
	}

	boolean exists() {
		return Files.exists(this.path);
	}

	/**
	 * Read the file.
	 * @return the content
	 * @throws DataFileException if the file cannot be read
	 */
	byte[] read() {
		try {
			return Files.readAllBytes(this.path);
		}
		catch (IOException ex) {
			throw DataFileException.unreadable(this.path, ex);
		}
	}

	/**
	 * Replace the file. If this method fails, or the process is killed, the file keeps
	 * its content.
	 * @param content writes the new content
	 * @throws DataFileException if the file cannot be written
	 */
	void write(Consumer<OutputStream> content) {
		try {
			Files.deleteIfExists(this.temporary);
			Files.createFile(this.temporary, attributes());
			// not a channel, because an interrupt would close it
			try (FileOutputStream file = new FileOutputStream(this.temporary.toFile());
					OutputStream out = new BufferedOutputStream(file)) {
				content.accept(out);
				out.flush();
				file.getFD().sync();
			}
			Files.move(this.temporary, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw DataFileException.unwritable(this.path, ex);
		}
		catch (RuntimeException ex) {
			throw unwritable(ex);
		}
	}

	/**
	 * Convert a failure of the writer, whose message may quote the data.
	 */
	private DataFileException unwritable(RuntimeException failure) {
		return (failure.getCause() instanceof IOException cause) ? DataFileException.unwritable(this.path, cause)
				: DataFileException.unwritable(this.path, "its content cannot be represented in JSON", null);
	}

	private FileAttribute<?>[] attributes() {
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

	/**
	 * Release the lock. The lock file remains.
	 */
	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw DataFileException.unwritable(this.path, ex);
		}
	}

}
