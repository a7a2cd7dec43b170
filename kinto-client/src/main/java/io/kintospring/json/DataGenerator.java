package io.kintospring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.filter.FilteringGeneratorDelegate;
import tools.jackson.core.filter.TokenFilter.Inclusion;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Generator that removes the id and the version from an object while Jackson writes it,
 * and remembers them.
 */
final class DataGenerator extends JsonGeneratorDelegate {

	private final JsonGenerator target;

	private final Class<?> type;

	private final @Nullable String otherId;

	private final TokenStreamContext parent;

	private @Nullable TokenStreamContext object;

	private ServerFieldFilter.@Nullable Id id;

	private ServerFieldFilter.@Nullable LastModified lastModified;

	/**
	 * Create a generator.
	 * @param target the generator to write to
	 * @param type the type of the data, for messages
	 * @param otherId the id to write instead of the id in the data, or {@code null} for
	 * none
	 */
	DataGenerator(JsonGenerator target, Class<?> type, @Nullable String otherId) {
		super(target, false);
		this.target = target;
		this.type = type;
		this.otherId = otherId;
		this.parent = target.streamWriteContext();
	}

	WrittenData written() {
		if (this.object == null) {
			throw new IllegalArgumentException("Data must be a JSON object, but " + this.type.getName()
					+ " is not: use a class with properties, a record or a map");
		}
		return new WrittenData((this.id != null) ? this.id.value() : null,
				(this.lastModified != null) ? this.lastModified.value() : null);
	}

	@Override
	public JsonGenerator writeStartObject() {
		this.delegate.writeStartObject();
		return started();
	}

	@Override
	public JsonGenerator writeStartObject(Object currentValue) {
		this.delegate.writeStartObject(currentValue);
		return started();
	}

	@Override
	public JsonGenerator writeStartObject(Object currentValue, int size) {
		this.delegate.writeStartObject(currentValue, size);
		return started();
	}

	private JsonGenerator started() {
		TokenStreamContext current = this.target.streamWriteContext();
		if (this.object == null && current.getParent() == this.parent) {
			this.object = current;
			if (this.otherId != null) {
				this.target.writeStringProperty(ServerFields.ID, this.otherId);
			}
		}
		return this;
	}

	@Override
	public JsonGenerator writeEndObject() {
		this.delegate = this.target;
		this.delegate.writeEndObject();
		return this;
	}

	@Override
	public JsonGenerator writeName(String name) {
		if (!isOmitted(name)) {
			this.delegate.writeName(name);
		}
		return this;
	}

	@Override
	public JsonGenerator writeName(SerializableString name) {
		if (!isOmitted(name.getValue())) {
			this.delegate.writeName(name);
		}
		return this;
	}

	/**
	 * Choose the generator for the value that follows the name, and return whether the
	 * name is omitted.
	 */
	private boolean isOmitted(String name) {
		this.delegate = this.target;
		if (this.target.streamWriteContext() != this.object) {
			return false;
		}
		return switch (name) {
			case ServerFields.ID -> {
				this.id = new ServerFieldFilter.Id(this.type);
				yield omit(this.id);
			}
			case ServerFields.LAST_MODIFIED -> {
				this.lastModified = new ServerFieldFilter.LastModified(this.type);
				yield omit(this.lastModified);
			}
			default -> false;
		};
	}

	private boolean omit(ServerFieldFilter filter) {
		this.delegate = new FilteringGeneratorDelegate(this.target, filter, Inclusion.ONLY_INCLUDE_ALL, true);
		return true;
	}

}
