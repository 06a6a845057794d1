package dev.berth.api.tenants;

import dev.berth.tenant.Tenant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which state of a tenant a caller saw: the first part of the entity tag of every answer about it.
 * What changes by itself, such as the time of the next look, does not change it.
 */
public record TenantTag(int incarnation, long sequence, long revision) {

  /** A proxy that packs an answer makes its tag a weak one: that does not matter here. */
  private static final Pattern TAG = Pattern.compile("(W/)?\"(?<state>[^\"-]*)(-[^\"]*)?\"");

  public static TenantTag of(Tenant tenant) {
    return new TenantTag(tenant.incarnation(), tenant.status().sequence(), tenant.revision());
  }

  /**
   * Whether a caller that sent this header saw this state.
   *
   * @param ifMatch entity tags as they were given, or {@code *}
   */
  public boolean isIn(String ifMatch) {
    return Arrays.stream(ifMatch.split(","))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || isState(tag));
  }

  private boolean isState(String tag) {
    Matcher parts = TAG.matcher(tag);
    return parts.matches() && parts.group("state").equals(toString());
  }

  /** As it stands in the entity tag. */
  @Override
  public String toString() {
    return "%d.%d.%d".formatted(incarnation, sequence, revision);
  }
}
