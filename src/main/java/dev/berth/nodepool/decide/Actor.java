package dev.berth.nodepool.decide;

/** Who must act. */
enum Actor {
  NO_ONE("no one"),
  PLATFORM("the platform team"),
  SUBSCRIPTION("whoever manages the subscription"),
  BERTH("the developers of Berth");

  final String words;

  Actor(String words) {
    this.words = words;
  }
}
