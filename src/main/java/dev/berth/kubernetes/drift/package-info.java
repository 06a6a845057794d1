/**
 * Notices objects of tenants that changed behind Berth's back, and lists the namespaces that carry
 * its mark. Reports; repairs nothing.
 */
@NullMarked
package dev.berth.kubernetes.drift;

import org.jspecify.annotations.NullMarked;
