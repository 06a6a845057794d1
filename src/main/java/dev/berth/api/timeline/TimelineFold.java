package dev.berth.api.timeline;

import dev.berth.api.timeline.TimelineEntry.Ending;
import dev.berth.store.search.TimelineRows.Happening;
import dev.berth.store.search.TimelineRows.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page of what happened, from the newest: failures alike in a row are one entry, and a row
 * is not cut by a page. What is not asked for still ends a row.
 */
final class TimelineFold {

  private final int limit;
  private final @Nullable Ending wanted;
  private final List<TimelineEntry> page = new ArrayList<>();
  private @Nullable TimelineEntry open;
  private Moment reached;

  /**
   * @param wanted null = whatever happened
   * @param from where the page before ended
   */
  TimelineFold(int limit, @Nullable Ending wanted, Moment from) {
    this.limit = limit;
    this.wanted = wanted;
    this.reached = from;
  }

  /** Takes what happened before all that was taken so far. False = the page is full without it. */
  boolean take(Happening row) {
    TimelineEntry next = TimelineReading.entry(row);
    TimelineEntry later = open;
    if (later != null && next.isLike(later)) {
      open = later.with(next);
    } else {
      close();
      if (page.size() == limit) {
        return false;
      }
      open = next;
    }
    reached = row.moment();
    return true;
  }

  /** Nothing more is taken. */
  List<TimelineEntry> end() {
    close();
    return List.copyOf(page);
  }

  /** The last that was taken. */
  Moment reached() {
    return reached;
  }

  private void close() {
    if (open != null && (wanted == null || open.outcome() == wanted)) {
      page.add(open);
    }
    open = null;
  }
}
