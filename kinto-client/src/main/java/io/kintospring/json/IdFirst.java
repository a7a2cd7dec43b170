package io.kintospring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes an id of its own into the first object that is started.
 */
final class IdFirst extends JsonGeneratorDelegate {

	private @Nullable String id;

	IdFirst(JsonGenerator generator, String id) {
		super(generator);
		this.id = id;
	}

	@Override
	public JsonGenerator writeStartObject() {
		super.writeStartObject();
		return writeId();
	}

	@Override
	public JsonGenerator writeStartObject(Object currentValue) {
		super.writeStartObject(currentValue);
		return writeId();
	}

	@Override
	public JsonGenerator writeStartObject(Object currentValue, int size) {
		super.writeStartObject(currentValue, size + 1);
		return writeId();
	}

	private JsonGenerator writeId() {
		if (this.id != null) {
			this.delegate.writeStringProperty(ServerFields.ID, this.id);
			this.id = null;
		}
		return this;
	}

}
