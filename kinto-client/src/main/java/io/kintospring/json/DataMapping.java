package io.kintospring.json;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

import org.springframework.util.function.SingletonSupplier;

/**
 * How data of one type is read and written.
 *
 * @param <T> the type of the data
 */
public final class DataMapping<T> {

	private final JavaType type;

	private final Supplier<ObjectReader> reader;

	/**
	 * Create the mapping.
	 * @param reader makes what reads the type, when it is needed first: Jackson loads and
	 * looks at many classes for it
	 */
	DataMapping(JavaType type, Supplier<ObjectReader> reader) {
		this.type = type;
		this.reader = SingletonSupplier.of(reader);
	}

	/**
	 * Read data.
	 * @param parser stands at the start of the data, and then at its end
	 * @return the data, with its id and version
	 */
	public ReadData<T> read(JsonParser parser) {
		DataParser dataParser = new DataParser(parser);
		T data = this.reader.get().readValue(dataParser);
		return new ReadData<>(data, dataParser.id(), dataParser.lastModified());
	}

	/**
	 * Read the elements of a list. Each has a context of Jackson of its own: what
	 * identities stand for is known within one only.
	 * @param parser stands at the first element, and then at the end of the list
	 * @param consumer takes each element's data, with its id and version
	 */
	public void readElements(JsonParser parser, Consumer<ReadData<T>> consumer) {
		ObjectReader elementReader = this.reader.get();
		DataParser dataParser = new DataParser(parser);
		for (JsonToken token = parser.currentToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			if (token != JsonToken.START_OBJECT) {
				throw new StreamReadException(parser, "expected is START_OBJECT, but there is " + token);
			}
			dataParser.begin();
			T data = elementReader.readValue(dataParser);
			consumer.accept(new ReadData<>(data, dataParser.id(), dataParser.lastModified()));
		}
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
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"Data of " + data.getClass().getName() + " cannot be written: " + ex.getOriginalMessage(), ex);
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
	 * Data as it was read.
	 *
	 * @param <T> the type of the data
	 * @param data the data
	 * @param id its id, or {@code null} if it has none
	 * @param lastModified its version, or {@code null} if it has none
	 */
	public record ReadData<T>(T data, @Nullable String id, @Nullable Long lastModified) {
	}

	/**
	 * What was left out of data when it was written.
	 *
	 * @param id its id, or {@code null} if it has none
	 * @param lastModified its version, or {@code null} if it has none
	 */
	public record WrittenData(@Nullable String id, @Nullable Long lastModified) {
	}

}
