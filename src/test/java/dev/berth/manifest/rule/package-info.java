/** What must hold for every rendering, rule by rule. */
@NullMarked
package dev.berth.manifest.rule;

import org.jspecify.annotations.NullMarked;
