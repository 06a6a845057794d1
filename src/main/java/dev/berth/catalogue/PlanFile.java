package dev.berth.catalogue;

/**
 * A file of plan documents as it was read.
 *
 * @param name for messages
 */
record PlanFile(String name, byte[] content) {}
