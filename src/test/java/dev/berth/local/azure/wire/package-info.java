/**
 * What is common to all of Azure's answers: tokens, throttling, errors, a log of what was said, and
 * the mishaps that a test asks for. Knows nothing of node pools.
 */
@NullMarked
package dev.berth.local.azure.wire;

import org.jspecify.annotations.NullMarked;
