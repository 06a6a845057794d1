package dev.berth.api.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records, newest first.
 *
 * @param nextCursor asks for the next page; null on the last one
 */
record RecordPage(List<RecordView> items, @Nullable String nextCursor) {}
