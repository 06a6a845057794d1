package dev.berth.store.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A record as it lay in its topic.
 *
 * @param headers a line each: name and value in Base64, the name alone where there is no value
 * @param payload null = it had none
 */
public record KeptRecord(
    String topic, int partition, long offset, String headers, byte @Nullable [] payload) {}
