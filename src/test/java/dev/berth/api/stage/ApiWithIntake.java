package dev.berth.api.stage;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API and what takes records in: nobody works on the tenants. */
public class ApiWithIntake extends ApiAlone {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.remove("api-alone");
    overrides.put(
        "quarkus.arc.exclude-types",
        Stream.concat(
                Stream.of(
                    "dev.berth.bridge.**",
                    "dev.berth.messaging.**",
                    "dev.berth.kubernetes.**",
                    "dev.berth.provisioning.WithoutACluster$Nothing"),
                Stream.of("assessment", "isolation", "observation", "pools", "work")
                    .map(room -> "dev.berth.provisioning." + room + ".**"))
            .collect(Collectors.joining(",")));
    return overrides;
  }
}
