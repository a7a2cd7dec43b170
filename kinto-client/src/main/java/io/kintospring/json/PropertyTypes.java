package io.kintospring.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

import org.springframework.core.CollectionFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;

/**
 * Converts values to compare with a property, so that its serializer accepts them.
 */
final class PropertyTypes {

	private PropertyTypes() {
	}

	/**
	 * Convert a value without changing it.
	 * @param value the value
	 * @param type the type of the property
	 * @return the converted value, or {@code null} if the type cannot represent it
	 */
	static @Nullable Object convert(@Nullable Object value, JavaType type) {
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.getRawClass());
		if (value == null || raw.isInstance(value)) {
			return value;
		}
		if (type.isReferenceType()) {
			return reference(convert(value, type.getReferencedType()), raw);
		}
		return (value instanceof Number number && Number.class.isAssignableFrom(raw)) ? exact(number, raw) : null;
	}

	private static @Nullable Object reference(@Nullable Object value, Class<?> type) {
		if (value == null) {
			return null;
		}
		return (type == Optional.class) ? Optional.of(value)
				: (type == AtomicReference.class) ? new AtomicReference<>(value) : null;
	}

	private static @Nullable Number exact(Number number, Class<?> type) {
		try {
			Number converted = NumberUtils.convertNumberToTargetClass(number, type.asSubclass(Number.class));
			boolean same = new BigDecimal(converted.toString()).compareTo(new BigDecimal(number.toString())) == 0;
			return same ? converted : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Convert elements to a value of a property.
	 * @param values the elements
	 * @param type the type of the property
	 * @return an array or a collection, or {@code null} if the type cannot represent the
	 * elements
	 */
	static @Nullable Object container(Collection<? extends @Nullable Object> values, JavaType type) {
		if (type.isReferenceType()) {
			return reference(container(values, type.getReferencedType()), type.getRawClass());
		}
		List<@Nullable Object> elements = new ArrayList<>();
		for (Object value : values) {
			Object element = (type.getContentType() != null) ? convert(value, type.getContentType()) : value;
			if (element == null
					&& (value != null || type.getContentType() == null || type.getContentType().isPrimitive())) {
				return null;
			}
			elements.add(element);
		}
		try {
			return type.isArrayType() ? array(elements, type)
					: type.isCollectionLikeType() ? collection(elements, type) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static Object array(List<@Nullable Object> elements, JavaType type) {
		Object array = Array.newInstance(type.getContentType().getRawClass(), elements.size());
		for (int i = 0; i < elements.size(); i++) {
			Array.set(array, i, elements.get(i));
		}
		return array;
	}

	@SuppressWarnings("NullAway")
	private static Object collection(List<@Nullable Object> elements, JavaType type) {
		Collection<Object> collection = CollectionFactory.createCollection(type.getRawClass(),
				type.getContentType().getRawClass(), elements.size());
		collection.addAll(elements);
		return collection;
	}

}
