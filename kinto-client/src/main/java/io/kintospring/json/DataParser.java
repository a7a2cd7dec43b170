package io.kintospring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Parser that remembers the id and the version of an object while Jackson binds it.
 */
final class DataParser extends JsonParserDelegate {

	private TokenStreamContext object;

	private @Nullable String id;

	private @Nullable Long lastModified;

	DataParser(JsonParser parser) {
		super(parser);
		this.object = parser.streamReadContext();
	}

	/**
	 * Begin with the next object. The parser must be at its start.
	 */
	void begin() {
		this.object = streamReadContext();
		this.id = null;
		this.lastModified = null;
	}

	@Override
	public @Nullable JsonToken nextToken() {
		JsonToken token = this.delegate.nextToken();
		if (token != null && token.isScalarValue() && this.delegate.streamReadContext() == this.object) {
			remember(token);
		}
		return token;
	}

	/**
	 * The delegate would not call {@link #nextToken()} of this parser.
	 */
	@Override
	public @Nullable JsonToken nextValue() {
		JsonToken token = nextToken();
		return (token == JsonToken.PROPERTY_NAME) ? nextToken() : token;
	}

	/**
	 * The envelope continues after the data.
	 */
	@Override
	public void close() {
	}

	private void remember(JsonToken token) {
		String name = this.delegate.currentName();
		if (token == JsonToken.VALUE_STRING && ServerFields.ID.equals(name)) {
			this.id = this.delegate.getString();
		}
		else if (token == JsonToken.VALUE_NUMBER_INT && ServerFields.LAST_MODIFIED.equals(name)) {
			this.lastModified = this.delegate.getLongValue();
		}
	}

	/**
	 * Convert an error to a Jackson exception that names the current field.
	 * @param error the error
	 * @param type the type of the object
	 * @return the exception, without a path if the error is about the whole object
	 */
	JacksonException located(Error error, JavaType type) {
		TokenStreamContext innermost = streamReadContext();
		if (currentToken() == JsonToken.PROPERTY_NAME) {
			// Jackson has not started to read that field
			innermost = innermost.getParent();
		}
		JacksonException located = DatabindException.from(this, "", error);
		for (TokenStreamContext context = innermost; context != null; context = context.getParent()) {
			if (context.hasCurrentName()) {
				located.prependPath(type.getRawClass(), context.currentName());
			}
			else if (context.inArray() && context.hasCurrentIndex()) {
				located.prependPath(type.getRawClass(), context.getCurrentIndex());
			}
			if (context == this.object) {
				return located.getPath().isEmpty() ? whole(error, type) : located;
			}
		}
		return whole(error, type);
	}

	private JacksonException whole(Error error, JavaType type) {
		return ValueInstantiationException.from(this, "", type, error);
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable Long lastModified() {
		return this.lastModified;
	}

}
