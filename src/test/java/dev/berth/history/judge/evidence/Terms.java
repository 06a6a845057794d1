package dev.berth.history.judge.evidence;

import java.util.List;

/**
 * What a plan promises, as its author wrote it.
 *
 * @param closes whether access is closed while a guarantee is lost
 * @param namespaces their names; the one without a name first
 */
public record Terms(boolean sandboxed, boolean closes, boolean debug, List<String> namespaces) {}
