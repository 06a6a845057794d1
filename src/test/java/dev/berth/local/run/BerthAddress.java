package dev.berth.local.run;

import dev.berth.local.process.Ports;

/** Where Berth listens. */
record BerthAddress(int port, int managementPort) {
  static final BerthAddress DEFAULT = new BerthAddress(8080, 9000);

  /** The default, or a free port where the default is taken. */
  static BerthAddress free(Ports ports) {
    return new BerthAddress(
        Ports.isFree(DEFAULT.port) ? DEFAULT.port : ports.of("berth"),
        Ports.isFree(DEFAULT.managementPort)
            ? DEFAULT.managementPort
            : ports.of("berth-management"));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String managementUrl() {
    return "http://127.0.0.1:" + managementPort;
  }
}
