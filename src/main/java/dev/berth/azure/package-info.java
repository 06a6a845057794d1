/**
 * Node pools of AKS: asks the Resource Manager, and turns what it answers into readings. The only
 * package that knows the clients of Azure, of which nothing is loaded before the first question.
 */
@NullMarked
package dev.berth.azure;

import org.jspecify.annotations.NullMarked;
