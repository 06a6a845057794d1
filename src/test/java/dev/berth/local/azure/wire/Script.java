package dev.berth.local.azure.wire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Which mishaps are to come: some for the next call of a kind each, some for every one. */
public final class Script {
  private final List<Scene> next = new ArrayList<>();
  private final Map<Call, List<Mishap>> always = new EnumMap<>(Call.class);

  /**
   * What happens to one call.
   *
   * @param where the path of the call ends
   */
  private record Scene(Call call, String where, List<Mishap> mishaps) {
    boolean isOf(Call other, String path) {
      return call == other && path.endsWith(where);
    }
  }

  /** All of these happen to one call; said again, to the one after it. */
  public void next(Call call, Mishap... mishaps) {
    nextAt("", call, mishaps);
  }

  /**
   * Like {@link #next}, for one resource.
   *
   * @param where the path of the call ends
   */
  public synchronized void nextAt(String where, Call call, Mishap... mishaps) {
    next.add(new Scene(call, where, List.of(mishaps)));
  }

  /** Until it is said otherwise; what is said for the next call goes first. */
  public synchronized void always(Call call, Mishap... mishaps) {
    always.put(call, List.of(mishaps));
  }

  /** From now on everything goes well. */
  public synchronized void clear() {
    next.clear();
    always.clear();
  }

  synchronized List<Mishap> take(Call call, String path) {
    for (Iterator<Scene> scenes = next.iterator(); scenes.hasNext(); ) {
      Scene scene = scenes.next();
      if (scene.isOf(call, path)) {
        scenes.remove();
        return scene.mishaps();
      }
    }
    return always.getOrDefault(call, List.of());
  }
}
