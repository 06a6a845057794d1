/**
 * Notices namespaces that changed behind Berth's back, and lists those that carry its mark.
 * Reports; repairs nothing.
 */
@NullMarked
package dev.berth.kubernetes.drift;

import org.jspecify.annotations.NullMarked;
