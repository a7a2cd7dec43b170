package io.kintospring.json;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.filter.TokenFilter;

/**
 * Filter that removes a field that the server assigns, and remembers its value.
 */
abstract sealed class ServerFieldFilter extends TokenFilter {

	private final String field;

	private final String expected;

	private final Class<?> type;

	private ServerFieldFilter(String field, String expected, Class<?> type) {
		this.field = field;
		this.expected = expected;
		this.type = type;
	}

	@Override
	public boolean includeNull() {
		return false;
	}

	@Override
	protected boolean _includeScalar() {
		throw new RejectedDataException(
				"The property '" + this.field + "' of " + this.type.getName() + " must be " + this.expected);
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

	static final class Id extends ServerFieldFilter {

		private @Nullable String value;

		Id(Class<?> type) {
			super(ServerFields.ID, "a string, like ids in Kinto", type);
		}

		@Nullable String value() {
			return this.value;
		}

		@Override
		public boolean includeString(String value) {
			this.value = value;
			return false;
		}

	}

	static final class LastModified extends ServerFieldFilter {

		private @Nullable Long value;

		LastModified(Class<?> type) {
			super(ServerFields.LAST_MODIFIED, "a KintoTimestamp or a whole number, like versions in Kinto", type);
		}

		@Nullable Long value() {
			return this.value;
		}

		@Override
		public boolean includeNumber(long value) {
			this.value = value;
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

	}

}
