/**
 * Verifies what was opened: attempts that must fail, and the report of them. Used by the work room,
 * which asks for reports, and by REST, which shows them.
 */
@NullMarked
package dev.berth.provisioning.isolation;

import org.jspecify.annotations.NullMarked;
