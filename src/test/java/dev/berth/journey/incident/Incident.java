package dev.berth.journey.incident;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the table in docs/operate.md, told with the commands as a person gives them.
 *
 * @param seen what the overview shows of it, in the columns of {@code berth status}
 * @param asked the command that tells cause, actor and remedy, or where it is shown too
 */
record Incident(String name, String seen, String asked, String cause, String remedy) {

  private static final Pattern COMMAND = Pattern.compile("`(berth [^`]+)`");

  static final List<Incident> ALL =
      List.of(
          new Incident(
              "not ready, as its name is taken",
              "`BLOCKED NameTaken`",
              "`berth explain ID`; tenant page",
              "which object; platform team",
              "remove or rename the object; it continues within `berth.work.blocked-recheck`, at once with"
                  + " `berth look ID --why ...`"),
          new Incident(
              "deletion is stuck",
              "after 2 minutes `BLOCKED DeletionBlocked`; alert `BerthDeletionBlocked`",
              "`berth explain ID`; tenant page",
              "the pods, finalizers or API groups that hold it; platform team",
              "end what the message names; it goes on by itself"),
          new Incident(
              "a plan has a typing error",
              "`FAULTY plans`; maybe `BLOCKED PlanUnknown`",
              "`berth plans`; `/plans`",
              "file, line and field; platform team",
              "correct the file; the good version stays in force until then, tenants with `PlanUnknown` go on by"
                  + " themselves"),
          new Incident(
              "an event was refused",
              "`QUARANTINE` and the reason",
              "`berth quarantine list -o wide`; `/quarantine`",
              "what is wrong in it; control plane team, of `SourceNotAllowed` the platform team",
              "remove the cause, `berth quarantine replay ID --why ...`; or send another event, and"
                  + " `berth quarantine discard ID --why ...`"),
          new Incident(
              "the cluster is full",
              "`WAITLISTED NoRoom`",
              "`berth capacity`; `/capacity`",
              "what is free, promised and used, who is first in line and what it lacks; platform team",
              "add nodes or raise the pool's maximum, and it goes on by itself; or `berth withdraw ID --why ...` for"
                  + " one that should not have come"),
          new Incident(
              "a namespace was lost",
              "`BLOCKED NamespaceLost`, of one that was open `DEGRADED`",
              "`berth explain ID`; tenant page",
              "which, and whether it was deleted or replaced; control plane team",
              "offboard the tenant and create it again"),
          new Incident(
              "the API server is slow or away",
              "`DOWN kubernetes`; `FAILED ApiUnavailable`, `ApiTimeout` or `ApiThrottled`",
              "`berth status -o wide`; `/berth`",
              "what is not answered, and since when; platform team",
              "mend the API server; nothing is lost meanwhile, and it goes on by itself"),
          new Incident(
              "somebody changes objects by hand",
              "nothing at first; after more than five times in ten minutes `DEGRADED Contested`; alert `BerthDriftContested`",
              "`berth timeline ID`; `berth explain ID`",
              "`drift-repaired` or `Contested`, with object, field manager and time; platform team",
              "stop what writes there; Berth brings the object back by itself"),
          new Incident(
              "an id is used twice",
              "`QUARANTINE IdReuse`",
              "`berth quarantine list --reason IdReuse -o wide`",
              "source and id; control plane team",
              "send the second event with an id of its own, then `berth quarantine discard ID --why ...`"),
          new Incident(
              "a tenant must be out now",
              "you know: an abused tenant, a leaked key; afterwards `DEGRADED AccessFrozen`",
              "`berth get ID`; tenant page",
              "whom it is about; platform team",
              "`berth freeze ID --why ...`: nobody is in, pods run on, nothing is deleted; to end it,"
                  + " `berth unfreeze ID --why ...` or offboard the tenant"));

  static Incident named(String name) {
    return ALL.stream().filter(it -> it.name.equals(name)).findAny().orElseThrow();
  }

  static String table() {
    return ALL.stream()
        .map(it -> Stream.of(it.name, it.seen, it.asked, it.cause, it.remedy))
        .map(cells -> cells.collect(joining(" | ", "| ", " |\n")))
        .collect(
            joining(
                "",
                "| incident | `berth status` | then | cause, and who must act | remedy |\n|---|---|---|---|---|\n",
                ""));
  }

  /** As they stand in the row: of a tenant {@code ID}, for the reason {@code ...}. */
  Set<String> commands() {
    return COMMAND
        .matcher(asked + remedy)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }
}
