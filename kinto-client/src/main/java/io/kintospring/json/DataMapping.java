package io.kintospring.json;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

import org.springframework.util.function.SingletonSupplier;

/**
 * Reads and writes data of one type. Thread-safe.
 *
 * @param <T> the type of the data
 */
public final class DataMapping<T> {

	private final JsonCodec json;

	private final JavaType type;

	private final Supplier<ObjectReader> reader;

	/**
	 * Create the mapping.
	 * @param json the codec
	 * @param type the type of the data
	 * @param reader creates the reader on first use, because Jackson inspects many
	 * classes
	 */
	DataMapping(JsonCodec json, JavaType type, Supplier<ObjectReader> reader) {
		this.json = json;
		this.type = type;
		this.reader = SingletonSupplier.of(reader);
	}

	/**
	 * Return the codec that creates parsers and generators for the data.
	 * @return the codec
	 */
	public JsonCodec json() {
		return this.json;
	}

	/**
	 * Read data.
	 * @param parser positioned at the start of the data, and afterwards at its end
	 * @return the data, with its id and version
	 * @throws JacksonException if Jackson cannot bind it
	 */
	public ReadData<T> read(JsonParser parser) {
		return reader(parser).read();
	}

	/**
	 * Return a reader for consecutive objects. Each object has its own deserialization
	 * context, so object identities do not leak from one to the next.
	 * @param parser positioned at the start of an object whenever it is read, and
	 * afterwards at its end
	 * @return the reader
	 */
	public DataReader<T> reader(JsonParser parser) {
		return new DataReader<>(this, parser);
	}

	/**
	 * Write data, without its id and version.
	 * @param generator the generator to write to
	 * @param data an object that Jackson writes as a JSON object
	 * @param id the id to write instead of the id in the data, or {@code null} for none
	 * @return the id and version in the data
	 * @throws IllegalArgumentException if the data is not a JSON object, or Jackson
	 * cannot write it
	 */
	public WrittenData write(JsonGenerator generator, Object data, @Nullable String id) {
		DataGenerator dataGenerator = new DataGenerator(generator, data.getClass(), id);
		try {
			dataGenerator.writePOJO(data);
		}
		catch (RuntimeException | Error ex) {
			throw UnwritableException.of("Data of " + data.getClass().getName(), ex);
		}
		return dataGenerator.written();
	}

	/**
	 * Return the name of the type, for messages.
	 * @return the simple name, such as {@code Post}
	 */
	public String typeName() {
		return this.type.getRawClass().getSimpleName();
	}

	/**
	 * Reads consecutive objects from a parser. Not thread-safe.
	 *
	 * @param <T> the type of the data
	 */
	public static final class DataReader<T> {

		private final ObjectReader reader;

		private final JavaType type;

		private final DataParser parser;

		private DataReader(DataMapping<T> mapping, JsonParser parser) {
			this.reader = mapping.reader.get();
			this.type = mapping.type;
			this.parser = new DataParser(parser);
		}

		/**
		 * Read data.
		 * @return the data, with its id and version
		 * @throws JacksonException if Jackson cannot bind it
		 */
		public ReadData<T> read() {
			this.parser.begin();
			try {
				T data = this.reader.readValue(this.parser);
				return new ReadData<>(data, this.parser.id(), this.parser.lastModified());
			}
			catch (Error ex) {
				// Jackson wraps exceptions of constructors and setters, but no errors
				throw this.parser.located(ex, this.type);
			}
		}

	}

	/**
	 * Data with its id and version.
	 *
	 * @param <T> the type of the data
	 * @param data the data
	 * @param id the id, or {@code null} if it has none
	 * @param lastModified the version, or {@code null} if it has none
	 */
	public record ReadData<T>(T data, @Nullable String id, @Nullable Long lastModified) {
	}

}
