import { expect, test } from "vitest";
import { HeardLog } from "../testing/engine-log.ts";
import { EngineLog } from "./engine-log.ts";

test("a status is said for the moment and a warning to stay, each at its resource", async () => {
  await using heard = await HeardLog.start();
  const log = new EngineLog();
  log.say("urn:0", "status", "nobody is there yet");
  log.connect(heard.address);
  log.say("urn:1", "status", "building, 3 s");
  log.say("urn:2", "warning", "kept");
  await Promise.all(["urn:1", "urn:2"].map((urn) => heard.heard((said) => said.urn === urn)));
  expect(heard.said).toMatchObject([
    { urn: "urn:1", message: "building, 3 s", severity: 1, ephemeral: true },
    { urn: "urn:2", message: "kept", severity: 2, ephemeral: false },
  ]);
});
