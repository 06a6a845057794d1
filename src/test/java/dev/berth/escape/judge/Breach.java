package dev.berth.escape.judge;

/**
 * What an admitted object reaches that its tenant may not.
 *
 * @param rule of the threat model, in a few words
 * @param detail where in the object
 */
public record Breach(String rule, String detail) {}
