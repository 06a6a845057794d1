package dev.berth.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page has around its panels.
 *
 * @param screen where in the console it is; null = nowhere
 * @param caller who reads it; empty = anybody, as the console is open
 * @param notices what every reader must know
 */
public record Frame(
    String title, @Nullable Screen screen, String caller, List<String> notices, Assets assets) {

  public List<Screen> screens() {
    return List.of(Screen.values());
  }

  public boolean isOn(Screen other) {
    return screen == other;
  }
}
