package io.kintospring.embedded.json;

import java.io.OutputStream;
import java.math.BigInteger;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON, with numbers as Kinto reads and writes them.
 * <p>
 * Integers of up to 64 bits are exact. All other numbers become doubles, and not always
 * the nearest ones. Doubles are written in their shortest form.
 */
public final class KintoJson {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	/**
	 * Maximum depth of objects and arrays, which is about that of Kinto.
	 */
	private static final int MAX_DEPTH = 480;

	private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(Integer.MAX_VALUE).build())
		// lists and the history contain the data of requests
		.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(2 * MAX_DEPTH).build())
		.addDecorator((factory, generator) -> new NumberGenerator(generator))
		.build()).build();

	private KintoJson() {
	}

	/**
	 * Parse a text.
	 * @param text the text
	 * @return the value, or a missing node if the text is blank
	 * @throws JacksonException if the text is not JSON, or contains an invalid value
	 */
	public static JsonNode read(String text) {
		return document(MAPPER.createParser(text));
	}

	/**
	 * Parse bytes.
	 * @param bytes the bytes
	 * @return the value, or a missing node if there are only blanks
	 * @throws JacksonException if the bytes are not JSON, or contain an invalid value
	 */
	public static JsonNode read(byte[] bytes) {
		return document(MAPPER.createParser(bytes));
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return the JSON in UTF-8
	 */
	public static byte[] write(JsonNode value) {
		return MAPPER.writeValueAsBytes(value);
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @param out the stream to write the JSON to, in UTF-8
	 */
	public static void write(JsonNode value, OutputStream out) {
		MAPPER.writeValue(out, value);
	}

	/**
	 * Create a number as if it were read from JSON.
	 * @param number the number
	 * @return the number, of the smallest type that can hold it
	 */
	public static JsonNode number(BigInteger number) {
		if (number.bitLength() < Integer.SIZE) {
			return NODES.numberNode(number.intValue());
		}
		return (number.bitLength() < Long.SIZE) ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
	}

	private static JsonNode document(JsonParser parser) {
		try (parser) {
			if (parser.nextToken() == null) {
				return MissingNode.getInstance();
			}
			JsonNode value = value(parser);
			if (parser.nextToken() != null) {
				throw new StreamReadException(parser, "There is more than one value");
			}
			return value;
		}
	}

	private static JsonNode value(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			case VALUE_STRING -> NODES.stringNode(text(parser));
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			default -> NODES.nullNode();
		};
	}

	private static ObjectNode object(JsonParser parser) {
		ObjectNode object = NODES.objectNode();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = text(parser);
			parser.nextToken();
			object.set(name, value(parser));
		}
		return object;
	}

	private static ArrayNode array(JsonParser parser) {
		ArrayNode array = NODES.arrayNode();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			array.add(value(parser));
		}
		return array;
	}

	private static JsonNode number(JsonParser parser) {
		try {
			return NumberReader.read(parser.getString());
		}
		catch (NumberFormatException ex) {
			throw new StreamReadException(parser, "A number is out of range");
		}
	}

	private static String text(JsonParser parser) {
		String text = parser.getString();
		if (text.codePoints()
			.anyMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
			throw new StreamReadException(parser, "A text has half a character");
		}
		return text;
	}

	/**
	 * Generator that writes the shortest form of doubles.
	 */
	private static final class NumberGenerator extends JsonGeneratorDelegate {

		NumberGenerator(JsonGenerator generator) {
			super(generator);
		}

		@Override
		public JsonGenerator writeNumber(double value) {
			return writeNumber(Doubles.text(value));
		}

	}

}
