import assert from "node:assert/strict";
import { test } from "node:test";
import { program, remedy, Settings, told } from "../src/command";

const usual: Settings = { command: "stabaudit", arguments: [], settings: {} };

test("the server is started by its command with its options", () => {
  assert.deepEqual(program(usual), { command: "stabaudit", args: ["server"] });
  assert.deepEqual(program({ ...usual, command: "/opt/bin/stabaudit", arguments: ["--timeout", "3"] }), {
    command: "/opt/bin/stabaudit",
    args: ["server", "--timeout", "3"],
  });
});

test("an empty command is the usual one", () => {
  assert.equal(program({ ...usual, command: "  " }).command, "stabaudit");
});

test("the server is told the keys of its configuration and nothing else", () => {
  assert.deepEqual(told({ ...usual, settings: { "min-severity": "error" } }), { "min-severity": "error" });
  for (const wrong of [null, [], "x", 3]) {
    assert.deepEqual(told({ ...usual, settings: wrong as unknown as Record<string, unknown> }), {});
  }
});

test("a program that is not there is told with its remedy", () => {
  assert.match(remedy("stabaudit", "ENOENT"), /stabaudit cannot be started \(ENOENT\).*pip install/);
});
