// plant: src/main/java/dev/berth/provisioning/PlantedTransactionWaitsForCluster.java
// check: architecture
// expect: The transaction of dev\.berth\.provisioning\.PlantedTransactionWaitsForCluster\.record.* reaches out
package dev.berth.provisioning;

import dev.berth.plan.Operation;
import io.quarkus.narayana.jta.QuarkusTransaction;

record PlantedTransactionWaitsForCluster(Target target) {

  void record(Operation operation, Assignment assignment) {
    QuarkusTransaction.requiringNew().run(() -> carryOut(operation, assignment));
  }

  private void carryOut(Operation operation, Assignment assignment) {
    var unused = target.execute(operation, assignment);
  }
}
