package dev.berth.api.quarantine;

import dev.berth.api.actions.ActionDesk;
import dev.berth.api.problem.NothingThere;
import dev.berth.provisioning.actions.QuarantineHands;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Hands out what records held: to operators only, as it may be anything. Who read it is kept. */
@ApplicationScoped
public class Payloads {

  private final KnownRecords records;
  private final ActionDesk desk;
  private final QuarantineHands hands;

  Payloads(KnownRecords records, ActionDesk desk, QuarantineHands hands) {
    this.records = records;
    this.desk = desk;
    this.hands = hands;
  }

  /**
   * The bytes of the record, as a file that no browser opens.
   *
   * @throws NothingThere if there is no such record, or it had no value
   */
  public Response download(String id) {
    Letter letter = records.known(id);
    byte[] value = letter.kept().payload();
    if (value == null) {
      throw new NothingThere("The record had no value.");
    }
    desk.perform(
        ActionKind.LOOK,
        new Action.About(null, letter.record().id()),
        "its payload was read",
        UUID.randomUUID().toString(),
        hands.payloadRead(letter.record()));
    return Response.ok(value, MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.bin\"".formatted(id))
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
