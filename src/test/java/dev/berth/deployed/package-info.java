/** The packaged jar, run as the rendered Deployment says. */
@NullMarked
package dev.berth.deployed;

import org.jspecify.annotations.NullMarked;
