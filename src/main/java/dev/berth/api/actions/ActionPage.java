package dev.berth.api.actions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of actions, newest first.
 *
 * @param nextCursor asks for the next page; null on the last one
 */
record ActionPage(List<ActionView> items, @Nullable String nextCursor) {}
