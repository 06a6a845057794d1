package dev.berth.history.plot;

import java.time.Duration;

/** A deed at a moment of its round. */
public record Step(Duration at, String tenant, Deed deed) {}
