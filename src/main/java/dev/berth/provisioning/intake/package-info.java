/**
 * Takes records in: each ends applied, refused to quarantine or parked, in the transaction that
 * acknowledges it. Entered by messaging and REST.
 */
@NullMarked
package dev.berth.provisioning.intake;

import org.jspecify.annotations.NullMarked;
