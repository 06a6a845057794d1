package dev.berth.local.process;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Libraries stay silent below a warning, so that what a person reads is written for that person.
 */
public final class LogOutput {
  private LogOutput() {}

  public static void quiet() {
    System.setProperty("io.netty.noUnsafe", "true"); // else the JVM prints a warning about it
    Logger.getLogger("").setLevel(Level.WARNING);
    Logger.getLogger("org.apache.kafka").setLevel(Level.SEVERE);
    Logger.getLogger("org.apache.kafka.clients").setLevel(Level.SEVERE);
  }
}
