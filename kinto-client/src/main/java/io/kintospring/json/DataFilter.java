package io.kintospring.json;

import java.math.BigInteger;

import io.kintospring.json.DataMapping.WrittenData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.filter.TokenFilter;

/**
 * Leaves the id and the version out of an object while Jackson writes it, and keeps them.
 */
final class DataFilter extends TokenFilter {

	private final Class<?> type;

	private @Nullable String id;

	private @Nullable Long lastModified;

	private boolean object;

	DataFilter(Class<?> type) {
		this.type = type;
	}

	WrittenData written() {
		if (!this.object) {
			throw notAnObject();
		}
		return new WrittenData(this.id, this.lastModified);
	}

	@Override
	public TokenFilter filterStartObject() {
		this.object = true;
		return this;
	}

	@Override
	public TokenFilter filterStartArray() {
		throw notAnObject();
	}

	@Override
	protected boolean _includeScalar() {
		throw notAnObject();
	}

	@Override
	public boolean includeEmptyObject(boolean contentsFiltered) {
		return true;
	}

	@Override
	public TokenFilter includeProperty(String name) {
		return switch (name) {
			case ServerFields.ID -> new IdFilter();
			case ServerFields.LAST_MODIFIED -> new LastModifiedFilter();
			default -> INCLUDE_ALL;
		};
	}

	private IllegalArgumentException notAnObject() {
		return new IllegalArgumentException("Data must be written as a JSON object, and " + this.type.getName()
				+ " is not: give a class with properties, a record or a map");
	}

	private final class IdFilter extends TokenFilter {

		@Override
		public boolean includeString(String value) {
			DataFilter.this.id = value;
			return false;
		}

		@Override
		public boolean includeNull() {
			return false;
		}

		@Override
		protected boolean _includeScalar() {
			throw new IllegalArgumentException(
					"The property 'id' of " + DataFilter.this.type.getName() + " must be text, as ids of Kinto are");
		}

		@Override
		public TokenFilter filterStartObject() {
			_includeScalar();
			return this;
		}

		@Override
		public TokenFilter filterStartArray() {
			_includeScalar();
			return this;
		}

	}

	private final class LastModifiedFilter extends TokenFilter {

		@Override
		public boolean includeNumber(long value) {
			DataFilter.this.lastModified = value;
			return false;
		}

		@Override
		public boolean includeNumber(int value) {
			return includeNumber((long) value);
		}

		@Override
		public boolean includeNumber(BigInteger value) {
			return includeNumber(value.longValueExact());
		}

		@Override
		public boolean includeNull() {
			return false;
		}

		@Override
		protected boolean _includeScalar() {
			throw new IllegalArgumentException("The property 'last_modified' of " + DataFilter.this.type.getName()
					+ " must be a whole number, or a KintoTimestamp, as versions of Kinto are");
		}

		@Override
		public TokenFilter filterStartObject() {
			_includeScalar();
			return this;
		}

		@Override
		public TokenFilter filterStartArray() {
			_includeScalar();
			return this;
		}

	}

}
