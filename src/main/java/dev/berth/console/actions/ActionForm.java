package dev.berth.console.actions;

import dev.berth.console.Badge;
import dev.berth.provisioning.actions.TenantHands;
import dev.berth.store.actions.ActionKind;
import java.util.List;

/**
 * What is to be confirmed.
 *
 * @param mark how the tenant is now
 * @param seen which state of it that is, for If-Match
 * @param classes that there are
 * @param key with which the action is done once, however often the form is sent
 */
public record ActionForm(
    ActionOffer offer, String tenant, Badge mark, String seen, List<String> classes, String key) {

  /** Whether it is only for the tenant as it was seen. */
  public boolean forThisState() {
    return TenantHands.DEPENDS_ON_WHAT_WAS_SEEN.contains(offer.kind());
  }

  public boolean moves() {
    return offer.kind() == ActionKind.MOVE;
  }
}
