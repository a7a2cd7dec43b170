package io.kintospring.protocol;

import java.util.List;

/**
 * What comes in no order, from several sequences that are read side by side. Like a call
 * it is a value.
 *
 * @param <E> what it is a sequence of
 * @param sequences gives the sequences, which have nothing in common
 * @param parallel how many of them are read at the same time
 */
public record KintoParallelSequence<E>(KintoFlow<List<KintoSequence<E>>> sequences, int parallel) {
}
