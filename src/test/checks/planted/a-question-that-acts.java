// plant: src/main/java/dev/berth/kubernetes/object/PlantedQuestionThatActs.java
// check: architecture
// expect: The question dev\.berth\.kubernetes\.object\.PlantedQuestionThatActs\.isGone.* acts: .*ApiServer\.deleteAll
package dev.berth.kubernetes.object;

import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiServer;
import java.time.Instant;

record PlantedQuestionThatActs(ApiServer api) {

  boolean isGone(String path) {
    return remove(path).isAbsent();
  }

  private Answer remove(String path) {
    return api.deleteAll(path, Instant.MAX);
  }
}
