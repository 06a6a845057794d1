package dev.berth.store.inbox;

/** What names a request: an id, and the source within which it is used once. */
public record EventId(String source, String id) {}
