package dev.berth.cli.terminal;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** What reads and writes JSON; loaded by the first who needs it, as help needs none. */
final class JsonText {

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonText() {}
}
