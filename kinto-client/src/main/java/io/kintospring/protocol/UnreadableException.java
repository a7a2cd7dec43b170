package io.kintospring.protocol;

import java.util.List;

import io.kintospring.json.KintoJson;
import io.kintospring.json.RedactedException;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.MissingNode;

import org.springframework.util.ClassUtils;

/**
 * Thrown for an unreadable response or object. The message names the object, the field
 * and the problem, but contains no values.
 */
final class UnreadableException extends IllegalArgumentException {

	/** Index for a response that is one object. */
	static final int SINGLE = -1;

	UnreadableException(String message) {
		super(message);
	}

	private UnreadableException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Describe the problem of a response.
	 */
	static UnreadableException of(Throwable ex) {
		return (ex instanceof UnreadableException unreadable) ? unreadable
				: new UnreadableException(describe(ex, MissingNode.getInstance()), RedactedException.of(ex));
	}

	/**
	 * Describe the problem of an object in a response, which is parsed again to name it.
	 * @param index the index in the list, or {@link #SINGLE}
	 */
	static UnreadableException of(RuntimeException ex, KintoResponse response, int index) {
		JsonNode object = object(response, index);
		String id = object.path(ServerFields.ID).asString("");
		String name = id.isEmpty() ? (index == SINGLE) ? "" : "object " + (index + 1) + " of the list: "
				: "object '" + id + "': ";
		return (ex instanceof UnreadableException) ? new UnreadableException(name + ex.getMessage())
				: new UnreadableException(name + describe(ex, object), RedactedException.of(ex));
	}

	private static JsonNode object(KintoResponse response, int index) {
		try (JsonParser parser = response.parser(KintoJson.own())) {
			if (!KintoJson.find(parser, EnvelopeParser.DATA)) {
				return MissingNode.getInstance();
			}
			for (int i = SINGLE; i < index; i++) {
				parser.nextToken();
				if (i + 1 < index) {
					parser.skipChildren();
				}
			}
			return KintoJson.tree(parser);
		}
		catch (RuntimeException ex) {
			return MissingNode.getInstance();
		}
	}

	private static String describe(Throwable ex, JsonNode object) {
		if (ex instanceof InvalidDefinitionException definition) {
			return "Jackson cannot read " + type(definition.getType().getRawClass())
					+ " because of its definition: read one with the JsonMapper to see the reason";
		}
		if (ex instanceof DatabindException || ex instanceof InputCoercionException) {
			return describeField((JacksonException) ex, object);
		}
		if (ex instanceof UnexpectedEndOfInputException end) {
			return "Unexpected end of the JSON" + position(end);
		}
		if (ex instanceof StreamConstraintsException limit) {
			return limit.getOriginalMessage();
		}
		return (ex instanceof StreamReadException malformed) ? "it is not valid JSON" + position(malformed)
				: RedactedException.origin(ex) + " was thrown";
	}

	private static String position(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null && location.getLineNr() > 0)
				? " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")" : "";
	}

	private static String describeField(JacksonException ex, JsonNode object) {
		String field = RedactedException.field(ex);
		Class<?> target = target(ex);
		if (ex instanceof InputCoercionException) {
			return (field.isEmpty() ? "a number" : "'" + field + "'") + " is out of range of " + type(target);
		}
		if (field.isEmpty()) {
			return "it" + problem(ex, target);
		}
		String subject = "'" + field + "'";
		JsonNode value = value(object, ex.getPath());
		if (value.isMissingNode() && !object.isMissingNode()) {
			return subject + " is missing" + notNull(target);
		}
		if (value.isNull()) {
			return subject + " is null" + notNull(target);
		}
		return subject + (value.isMissingNode() ? "" : " is " + kind(value) + " that") + problem(ex, target);
	}

	private static JsonNode value(JsonNode object, List<Reference> path) {
		JsonNode value = object;
		for (Reference reference : path) {
			value = (reference.getPropertyName() != null) ? value.path(reference.getPropertyName())
					: value.path(reference.getIndex());
		}
		return value;
	}

	private static String kind(JsonNode value) {
		return switch (value.getNodeType()) {
			case STRING -> "text";
			case NUMBER -> "a number";
			case BOOLEAN -> "a boolean";
			case ARRAY -> "a list";
			default -> "an object";
		};
	}

	private static String notNull(@Nullable Class<?> target) {
		return (target == null) ? "" : target.isPrimitive() ? ", and " + target + " cannot be null"
				: ", and cannot be read as " + type(target);
	}

	private static String problem(JacksonException ex, @Nullable Class<?> target) {
		return " cannot be read as " + type(target)
				+ ((ex instanceof InvalidTypeIdException) ? ", because its type id is missing or unknown" : "")
				+ ((ex.getCause() != null) ? ", because of " + RedactedException.origin(ex) : "");
	}

	private static @Nullable Class<?> target(JacksonException ex) {
		if (ex instanceof InputCoercionException number) {
			return number.getTargetType();
		}
		if (ex instanceof InvalidTypeIdException typeId) {
			return typeId.getBaseType().getRawClass();
		}
		if (ex instanceof ValueInstantiationException instantiation) {
			return instantiation.getType().getRawClass();
		}
		return (ex instanceof MismatchedInputException mismatch) ? mismatch.getTargetType() : null;
	}

	private static String type(@Nullable Class<?> type) {
		return (type != null) ? ClassUtils.getShortName(type) : "its type";
	}

}
