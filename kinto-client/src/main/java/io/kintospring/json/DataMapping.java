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
 * How data of one type is read and written.
 *
 * @param <T> the type of the data
 */
public final class DataMapping<T> {

	private final JsonCodec json;

	private final JavaType type;

	private final Supplier<ObjectReader> reader;

	/**
	 * Create the mapping.
	 * @param json what the mapping is of
	 * @param type the type of the data
	 * @param reader makes what reads the type, when it is needed first: Jackson loads and
	 * looks at many classes for it
	 */
	DataMapping(JsonCodec json, JavaType type, Supplier<ObjectReader> reader) {
		this.json = json;
		this.type = type;
		this.reader = SingletonSupplier.of(reader);
	}

	/**
	 * Return what decides how the data is bound, and so makes the parsers and generators
	 * for it.
	 * @return what the mapping is of
	 */
	public JsonCodec json() {
		return this.json;
	}

	/**
	 * Read data.
	 * @param parser stands at the start of the data, and then at its end
	 * @return the data, with its id and version
	 * @throws JacksonException if it cannot be bound
	 */
	public ReadData<T> read(JsonParser parser) {
		return reader(parser).read();
	}

	/**
	 * Return what reads one data after the other. Each has a context of Jackson of its
	 * own: what identities stand for is known within one only.
	 * @param parser stands at the start of data whenever it is read, and then at its end
	 * @return the reader
	 */
	public DataReader<T> reader(JsonParser parser) {
		return new DataReader<>(this, parser);
	}

	/**
	 * Write data, without its id and version.
	 * @param generator where to write the JSON object to
	 * @param data what Jackson can write as a JSON object
	 * @param id the id to write in the place of the data's own, or {@code null} for none
	 * @return the id and version that were left out
	 * @throws IllegalArgumentException if the data is no JSON object, or cannot be
	 * written
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
	 * @return such as {@code Post}
	 */
	public String typeName() {
		return this.type.getRawClass().getSimpleName();
	}

	/**
	 * Reads one data after the other from a parser.
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
		 * @throws JacksonException if it cannot be bound
		 */
		public ReadData<T> read() {
			this.parser.begin();
			try {
				T data = this.reader.readValue(this.parser);
				return new ReadData<>(data, this.parser.id(), this.parser.lastModified());
			}
			catch (Error ex) {
				// Jackson wraps exceptions of the type, but not its errors
				throw this.parser.located(ex, this.type);
			}
		}

	}

	/**
	 * Data as it was read.
	 *
	 * @param <T> the type of the data
	 * @param data the data
	 * @param id its id, or {@code null} if it has none
	 * @param lastModified its version, or {@code null} if it has none
	 */
	public record ReadData<T>(T data, @Nullable String id, @Nullable Long lastModified) {
	}

}
