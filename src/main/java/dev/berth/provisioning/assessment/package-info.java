/** Turns outcomes into conditions and a phase. Pure; used by the work room. */
@NullMarked
package dev.berth.provisioning.assessment;

import org.jspecify.annotations.NullMarked;
