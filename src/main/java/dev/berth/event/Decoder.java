package dev.berth.event;

import java.util.Map;
import java.util.Set;

/** Bytes to what they mean. Never throws, whatever it is given. */
public final class Decoder {

  private final Map<String, Set<String>> sourcesByTopic;

  /**
   * @param sourcesByTopic the sources that may write to a topic, compared exactly
   */
  public Decoder(Map<String, Set<String>> sourcesByTopic) {
    this.sourcesByTopic = Map.copyOf(sourcesByTopic);
  }

  public Incoming decode(RawRecord raw) {
    throw new UnsupportedOperationException(sourcesByTopic.toString());
  }
}
