/**
 * Azure without Azure: a strict double of the Resource Manager and of the identity endpoint, over
 * plain HTTP and with a state that tests and the local run can script. It knows no Azure SDK, so it
 * cannot share a mistake with one.
 */
@NullMarked
package dev.berth.local.azure;

import org.jspecify.annotations.NullMarked;
