package dev.berth.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page has around its panels.
 *
 * @param caller who reads it; empty = anybody, as the console is open
 * @param notices what every reader must know
 */
public record Frame(PagePlace place, String caller, List<String> notices, Assets assets) {

  /**
   * A page as its frame knows it.
   *
   * @param screen where in the console it is; null = nowhere
   * @param stream the address that tells it of changes; empty = none does
   */
  public record PagePlace(String title, @Nullable Screen screen, String stream) {}

  public List<Screen> screens() {
    return List.of(Screen.values());
  }

  public boolean isOn(Screen other) {
    return place.screen() == other;
  }
}
