package dev.berth.console;

/** A place of the console that every page leads to. */
public enum Screen {
  FLEET("/", "Fleet"),
  TENANTS("/tenants", "Tenants"),
  QUARANTINE("/quarantine?state=open", "Quarantine"),
  PLANS("/plans", "Plans"),
  CAPACITY("/capacity", "Capacity"),
  BERTH("/berth", "Berth itself");

  private final String path;
  private final String title;

  Screen(String path, String title) {
    this.path = path;
    this.title = title;
  }

  public String path() {
    return path;
  }

  public String title() {
    return title;
  }
}
