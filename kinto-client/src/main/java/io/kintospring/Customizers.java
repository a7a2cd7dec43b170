package io.kintospring;

import java.util.function.UnaryOperator;

/**
 * Applies the customizers of options in order.
 */
final class Customizers {

	private Customizers() {
	}

	static <O> O apply(O options, UnaryOperator<O>[] customizers) {
		O result = options;
		for (UnaryOperator<O> customizer : customizers) {
			result = customizer.apply(result);
		}
		return result;
	}

}
