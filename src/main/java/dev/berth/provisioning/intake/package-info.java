/**
 * Takes records in: each ends with a verdict, in the transaction that acknowledges it. A record
 * that is not authorised or not decodable is refused, which only the quarantine tells; a request
 * that cannot be admitted is rejected, which its tenant is told too. Entered by messaging, and by
 * actions on what is in quarantine.
 */
@NullMarked
package dev.berth.provisioning.intake;

import org.jspecify.annotations.NullMarked;
