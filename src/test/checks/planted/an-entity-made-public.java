// plant: src/main/java/dev/berth/store/PlantedEntity.java
// check: architecture
// expect: dev\.berth\.store\.PlantedEntity.*annotated with @Entity|PlantedEntity> has simple name ending with .Entity
package dev.berth.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class PlantedEntity {
  @Id long id;
}
