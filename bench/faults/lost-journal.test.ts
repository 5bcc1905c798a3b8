/** A machine that is lost with its journal, after a create whose answer was lost: what the next one is told, and where it leads. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio } from "@support-line/local-twilio";
import { expect, onTestFinished, test } from "vitest";
import { Engine } from "../../packages/provider/testing/engine.ts";
import { control, loggedCalls } from "./control.ts";
import { up, type Declared, type State } from "./stand-in-engine.ts";

const token = "twilio:conversations:Service";
const service = (name: string): Declared => ({
  name,
  token,
  after: [],
  inputs: () => ({ friendlyName: name }),
});
const policy = { attempts: 2, firstWaitMs: 1, longestWaitMs: 4, settleMs: 50 };

test("the next machine stops with the import line, and who follows it is done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lost-journal-"));
  const local = await startLocalTwilio({ folder: join(folder, "twilio") });
  onTestFinished(async () => {
    await local.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { endpoint, accountSid, authToken } = local;
  const config = { accountSid, authToken, endpoint };
  const state: State = new Map();
  const deploy = async (home: string, declared: readonly Declared[]): Promise<string[]> => {
    const journals = () => join(folder, home);
    const olds = state.size === 0 ? {} : config;
    const engine = await Engine.at(local, config, { policy, journals }, olds);
    const failures = await up(engine, declared, state);
    await engine.end();
    return failures;
  };
  // An account has one of its own.
  const own = local.twilio.store.list(token).map(({ sid }) => sid);
  const there = () =>
    local.twilio.store
      .list(token)
      .map(({ sid }) => sid)
      .filter((sid) => !own.includes(sid));

  expect(await deploy("first", [service("other")])).toEqual([]);
  const before = there();
  // Every call is done, and no answer comes.
  await control(endpoint, "faults", "POST", { probability: 1, seed: 1, fault: "dropAfter" });
  expect(await deploy("first", [service("other"), service("line")])).toHaveLength(1);
  await control(endpoint, "faults", "DELETE");
  const [made = "", ...more] = there().filter((sid) => !before.includes(sid));
  expect(more).toEqual([]);

  const [said = "", ...rest] = await deploy("second", [service("other"), service("line")]);
  expect(rest).toEqual([]);
  expect(said).toContain(`${made} (made `);
  expect(said).toContain("has the same inputs, and this machine does not know whether");
  const [, type = "", name = "", id = ""] = /`pulumi import (\S+) (\S+) (\S+) -s test`/.exec(said) ?? [];
  expect([type, name, id]).toEqual([token, "line", made]);
  const engine = await Engine.at(local, config, { policy, journals: () => join(folder, "second") }, config);
  const imported = await engine.read(type, { id }, name);
  await engine.end();
  if (imported !== undefined) state.set(name, { ...imported, token, unfinished: false });

  expect(await deploy("second", [service("other"), service("line")])).toEqual([]);
  expect([...state.values()].map(({ id: known }) => known).toSorted()).toEqual(there().toSorted());
  await control(endpoint, "calls", "DELETE");
  expect(await deploy("second", [service("other"), service("line")])).toEqual([]);
  expect(await loggedCalls(endpoint)).toEqual([]);
});
