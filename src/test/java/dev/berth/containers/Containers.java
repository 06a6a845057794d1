package dev.berth.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.berth.local.process.Fork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What all containers of the lane have in common. */
final class Containers {
  private static final String LABEL = "dev.berth.lane";

  /** Of the process that runs this test; each ends what it left itself. */
  private static final String PROCESS = Integer.toString(Fork.NUMBER);

  private Containers() {}

  /**
   * One that shares the network of this machine: it keeps its ports when it is started again, and
   * the wires and the API server are where they are for everybody, at 127.0.0.1.
   */
  static GenericContainer<?> of(String image, Map<String, String> environment) {
    return new GenericContainer<>(image)
        .withImagePullPolicy(name -> false)
        .withNetworkMode("host")
        .withLabel(LABEL, PROCESS)
        .withEnv(environment);
  }

  /**
   * Folders of this machine by their places in the container, to be read only. Testcontainers' own
   * way would first try it with an image that it pulls.
   */
  static HostConfig mount(CreateContainerCmd create, Map<String, Path> folders) {
    return Objects.requireNonNull(create.getHostConfig())
        .withBinds(
            folders.entrySet().stream()
                .map(it ->
                    new Bind(it.getValue().toString(), new Volume(it.getKey()), AccessMode.ro))
                .toList());
  }

  static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }

  /** Those of a run that was killed hold ports and memory. */
  static void endLeftOver() {
    docker()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(LABEL + "=" + PROCESS))
        .exec()
        .forEach(left -> docker().removeContainerCmd(left.getId()).withForce(true).exec());
  }

  /** As {@code kill -9} of all its processes; they are gone when this returns. */
  static void kill(GenericContainer<?> container) {
    docker().killContainerCmd(container.getContainerId()).withSignal("KILL").exec();
    docker().waitContainerCmd(container.getContainerId()).start().awaitStatusCode();
  }

  /** The same container again, with the data that it had. */
  static void startAgain(GenericContainer<?> container) {
    docker().startContainerCmd(container.getContainerId()).exec();
  }
}
