package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Where a step comes from: the last applied input event.
 *
 * @param correlationId the input's correlation id, else its id
 * @param causationId the id of the input event
 * @param traceparent W3C trace context of the input, if it had one
 */
public record Cause(String correlationId, String causationId, @Nullable String traceparent) {}
