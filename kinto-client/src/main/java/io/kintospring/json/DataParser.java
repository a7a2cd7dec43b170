package io.kintospring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Picks up the id and the version of an object while Jackson binds it.
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
	 * Begin with the next object, at whose start this is.
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
			pickUp(token);
		}
		return token;
	}

	/**
	 * As in the parser, which would not come by here.
	 */
	@Override
	public @Nullable JsonToken nextValue() {
		JsonToken token = nextToken();
		return (token == JsonToken.PROPERTY_NAME) ? nextToken() : token;
	}

	/**
	 * What the data stands in goes on after it.
	 */
	@Override
	public void close() {
	}

	private void pickUp(JsonToken token) {
		String name = this.delegate.currentName();
		if (token == JsonToken.VALUE_STRING && ServerFields.ID.equals(name)) {
			this.id = this.delegate.getString();
		}
		else if (token == JsonToken.VALUE_NUMBER_INT && ServerFields.LAST_MODIFIED.equals(name)) {
			this.lastModified = this.delegate.getLongValue();
		}
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable Long lastModified() {
		return this.lastModified;
	}

}
