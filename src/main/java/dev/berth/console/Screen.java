package dev.berth.console;

/** A place of the console that every page leads to. */
public enum Screen {
  FLEET("/", "Fleet", "f"),
  TENANTS("/tenants", "Tenants", "t"),
  QUARANTINE("/quarantine?state=open", "Quarantine", "q"),
  PLANS("/plans", "Plans", "p"),
  CAPACITY("/capacity", "Capacity", "c"),
  BERTH("/berth", "Berth itself", "b");

  private final String path;
  private final String title;
  private final String key;

  Screen(String path, String title, String key) {
    this.path = path;
    this.title = title;
    this.key = key;
  }

  public String path() {
    return path;
  }

  public String title() {
    return title;
  }

  /** The letter that leads here, after {@code g}. */
  public String key() {
    return key;
  }
}
