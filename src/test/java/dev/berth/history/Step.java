package dev.berth.history;

import java.time.Duration;

/** A deed at a moment of its round. */
record Step(Duration at, String tenant, Deed deed) {}
