package io.kintospring.json;

import java.util.function.Consumer;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jackson as Kinto's protocol needs it to read and write bodies.
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
	 * @throws IllegalArgumentException if it contains the character U+0000
	 */
	byte[] bytes(Consumer<JsonGenerator> content);

	/**
	 * Write JSON that contains changes of an object. The mapper's default typing does not
	 * apply to them.
	 * @param content writes the JSON
	 * @return the bytes
	 * @throws IllegalArgumentException if it contains the character U+0000
	 */
	byte[] changes(Consumer<JsonGenerator> content);

}
