package dev.berth.kubernetes.server;

import io.fabric8.kubernetes.api.model.Quantity;
import org.eclipse.microprofile.config.spi.Converter;

/** A setting that is an amount as Kubernetes writes it. */
public final class AmountSetting implements Converter<Quantity> {

  @Override
  public Quantity convert(String text) {
    try {
      return Quantity.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          text + " is not a Kubernetes quantity, e.g. 500m, 1 or 2Gi", e);
    }
  }
}
