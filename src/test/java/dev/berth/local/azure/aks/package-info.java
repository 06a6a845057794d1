/** One subscription with AKS clusters in it: pools, operations that take their time, quota. */
@NullMarked
package dev.berth.local.azure.aks;

import org.jspecify.annotations.NullMarked;
