package dev.berth.bridge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a control plane made with AWS SBT is joined. */
@ConfigMapping(prefix = "berth.bridge.sbt")
interface SbtConfig {

  /** Topic of the requests of SBT; without it there is no bridge. */
  Optional<String> requests();

  /** Topic of the answers to SBT; needed with {@code berth.bridge.sbt.requests}. */
  Optional<String> answers();

  /**
   * Owners of every tenant, such as {@code Group:{tenantId}-admins,User:{email}}; each name in
   * braces stands for that member of {@code detail}. Needed with {@code berth.bridge.sbt.requests}.
   */
  Optional<List<String>> owners();

  /** Plan of the tenants of tier {@code <from>}; another tier has the plan of its own name. */
  Map<String, String> plans();

  /**
   * Whether the answers are called {@code provisionSuccess}, {@code deprovisionSuccess} and so on,
   * which SBT's own control plane listens to, or {@code onboardingSuccess}, {@code
   * offboardingSuccess}.
   */
  @WithDefault("provision")
  AnswerNames answersAs();

  /** What the answers have as {@code source}, which the rules of SBT's bus compare. */
  @WithDefault("sbt.application.plane")
  String source();

  /** The two families of names that SBT has for answers. */
  enum AnswerNames {
    PROVISION,
    ONBOARDING
  }
}
