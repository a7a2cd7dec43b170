package io.kintospring.json;

import java.util.function.Consumer;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the bodies of Kinto's protocol with Jackson. Implementations are
 * thread-safe.
 */
public interface JsonCodec {

	/**
	 * Return the mapper, which creates parsers.
	 * @return the mapper
	 */
	JsonMapper mapper();

	/**
	 * Write JSON with a generator.
	 * @param content writes the JSON
	 * @return the bytes
	 * @throws IllegalArgumentException if the JSON contains the character U+0000
	 */
	byte[] bytes(Consumer<JsonGenerator> content);

	/**
	 * Write JSON that contains changes of an object, without the mapper's default typing.
	 * @param content writes the JSON
	 * @return the bytes
	 * @throws IllegalArgumentException if the JSON contains the character U+0000
	 */
	byte[] changes(Consumer<JsonGenerator> content);

}
