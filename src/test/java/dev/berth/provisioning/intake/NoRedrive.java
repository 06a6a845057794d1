package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Decoder;
import java.util.Map;

/** Where nothing is taken in, records are only read. */
public final class NoRedrive extends Redrive {

  public NoRedrive() {
    super(null, null, null, new Decoder(Map.of()), null);
  }
}
