package dev.berth.console.actions;

import dev.berth.api.Authority;
import dev.berth.api.Role;
import dev.berth.console.Panel;
import dev.berth.provisioning.actions.TenantHands;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.Actions;
import dev.berth.store.actions.Actions.Numbered;
import dev.berth.tenant.Tenant;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What people can do to a tenant, and what they did. */
@ApplicationScoped
public class ActionsPanel {

  private static final int LATEST = 10;

  private final Actions actions;
  private final Authority authority;
  private final SecurityIdentity caller;

  ActionsPanel(Actions actions, Authority authority, SecurityIdentity caller) {
    this.actions = actions;
    this.authority = authority;
    this.caller = caller;
  }

  public Panel offers(Tenant tenant) {
    return Panel.live(
        "act",
        "What you can do",
        () -> ActionsTemplates.offers(tenant.id(), mayAct(), possible(tenant)));
  }

  public Panel past(Tenant tenant) {
    return Panel.live("actions", "What people did", () -> ActionsTemplates.done(latest(tenant)));
  }

  /** What came of one. */
  public Panel outcome(Action action) {
    return Panel.live(
        "actions", "What came of it", () -> ActionsTemplates.done(List.of(ActionRow.of(action))));
  }

  private boolean mayAct() {
    return authority.has(caller, Role.OPERATOR);
  }

  private List<ActionOffer> possible(Tenant tenant) {
    return TenantHands.KINDS.stream()
        .filter(kind -> !kind.isForAdmins() || authority.has(caller, Role.ADMIN))
        .filter(kind -> TenantHands.obstacle(kind, tenant).isEmpty())
        .map(ActionOffer::of)
        .toList();
  }

  private List<ActionRow> latest(Tenant tenant) {
    return actions.of(tenant.id(), Long.MAX_VALUE, LATEST).stream()
        .map(Numbered::action)
        .map(ActionRow::of)
        .toList();
  }
}
