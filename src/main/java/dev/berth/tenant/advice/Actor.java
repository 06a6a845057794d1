package dev.berth.tenant.advice;

/** Who must act for something to go on. */
public enum Actor {
  /** It goes on by itself, or is as it should be. */
  NOBODY("no one"),
  /** Those who run the cluster and Berth. */
  PLATFORM_TEAM("the platform team"),
  /** Those who send the tenant events. */
  CONTROL_PLANE_TEAM("the control plane team"),
  TENANT("the tenant's own people"),
  SUBSCRIPTION_OWNER("whoever manages the subscription"),
  /** Whoever called the API. */
  CALLER("the caller"),
  DEVELOPERS("the developers of Berth");

  private final String words;

  Actor(String words) {
    this.words = words;
  }

  /** In a sentence. */
  public String words() {
    return words;
  }
}
