package dev.berth.journey.stage;

/** Something that was broken in the cluster and can be made whole again. */
public interface Fault {

  void mend();
}
