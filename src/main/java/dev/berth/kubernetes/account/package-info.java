/** As whom Berth works on the cluster, and that the policies know it as nobody else. */
@NullMarked
package dev.berth.kubernetes.account;

import org.jspecify.annotations.NullMarked;
