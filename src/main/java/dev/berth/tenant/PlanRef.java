package dev.berth.tenant;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A plan as a control plane names it: {@code team} (the newest version) or {@code team@2}. */
public record PlanRef(String name, @Nullable Integer version) {

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)(@([1-9][0-9]{0,8}))?");

  public static Optional<PlanRef> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String version = matcher.group(4);
    return Optional.of(
        new PlanRef(matcher.group(1), version == null ? null : Integer.valueOf(version)));
  }

  @Override
  public String toString() {
    return version == null ? name : name + "@" + version;
  }
}
