package dev.berth.journey;

/** Something that was broken in the cluster and can be made whole again. */
interface Fault {

  void mend();
}
