/** The command as it is typed: what it refuses, and what it writes of a local Twilio. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProof } from "@support-line/local-twilio/proof";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLocal, type OpenedLocal } from "./local.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "proof-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const account = "AC00000000000000000000000000000001";

/** Runs the command as it is installed. */
function run(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const bin = join(import.meta.dirname, "bin/support-line-proof.mjs");
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("TWILIO_")),
  );
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...words],
      { cwd: folder, env: { ...clean, ...env } },
      (error, out, problem) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, said: out + problem });
      },
    );
    child.stdin?.end();
  });
}

test.each([
  ["no name", [], {}, /missing required argument 'name'/],
  ["no credentials", ["dev"], {}, /Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/],
  ["a part that there is not", ["local", "--parts", "weather"], {}, /no part weather; there are rest, /],
  ["a number that is none", ["local", "--line", "555"], {}, /E\.164/],
  ["one number of two", ["local", "--line", "+15550100001"], {}, /go together/],
  ["nothing to go on with", ["local", "--resume"], {}, /nothing is left to resume/],
  ["nothing to clean up", ["local", "--clean-up"], {}, /nothing is left to clean up/],
] as const)("wrong use: %s", async (_, words, env, said) => {
  const ran = await run(words, env);
  expect(ran.said).toMatch(said);
  expect(ran.code).toBe(2);
});

test("a run that did not finish is neither forgotten nor begun anew", async () => {
  const out = join(folder, "out");
  const begun = { account, prefix: "proof-1", subAccount: null, numbers: null, parts: ["rest"] };
  const nothing = { collections: [], made: [], done: [], facts: [], notAsked: [] };
  await run(["local", "--parts", "numbers", "--out", out]);
  writeFileSync(join(out, "run.json"), JSON.stringify({ ...begun, ...nothing }));
  const again = await run(["local", "--out", out]);
  expect(again).toMatchObject({ code: 2, said: expect.stringMatching(/--resume, .*--clean-up/) as string });
  const resumed = await run(["local", "--resume", "--out", out]);
  expect(resumed).toMatchObject({ code: 2, said: expect.stringContaining("of another account") as string });
});

describe("an unfinished run keeps its file", () => {
  const lists = ["conversations.twilio.com/v1/Services", "studio.twilio.com/v2/Flows"];
  const write = (of: string): void => {
    const kept = { account: of, prefix: "proof-1", subAccount: null, numbers: null, parts: ["rest"] };
    const collections = lists.map((url) => ({ account: of, url }));
    const nothing = { made: [], done: [], facts: [], notAsked: [] };
    writeFileSync(join(folder, "run.json"), JSON.stringify({ ...kept, ...nothing, collections }));
  };
  const isKept = () => existsSync(join(folder, "run.json"));

  test("when nobody says yes to going on", async () => {
    write(account);
    const env = { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: "none" };
    const { code, said } = await run(["dev", "--resume", "--out", folder], env);
    expect(said).toContain("Nothing was asked.");
    expect(code).toBe(0);
    expect(isKept()).toBe(true);
  });

  describe("on a Twilio", () => {
    let local: OpenedLocal;
    const cleanUp = (token: string) => {
      const { accountSid, endpoint } = local.login;
      const env = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token, TWILIO_ENDPOINT: endpoint };
      return run(["local", "--clean-up", "--out", folder], env);
    };
    beforeEach(async () => {
      local = await openLocal();
      write(local.login.accountSid);
    });
    afterEach(() => local.close());

    test("that does not take the token: what is there cannot be looked for", async () => {
      const { code, said } = await cleanUp("0".repeat(32));
      expect(said).toContain("The account was refused: 401");
      expect(code).toBe(3);
      expect(isKept()).toBe(true);
    });

    test("that does not say what is there", async () => {
      const fault = { method: "GET", host: "conversations", fault: { status: 503 } };
      await fetch(`${local.login.endpoint}/_local/v1/faults`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(fault),
      });
      const { code, said } = await cleanUp(local.login.authToken);
      expect(said).toContain("1 thing could not be removed (conversations.twilio.com answered 503)");
      expect(code).toBe(3);
      expect(isKept()).toBe(true);
    });
  });
});

test("a run that nobody says yes to leaves no file", async () => {
  const env = { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: "none" };
  const { code, said } = await run(["dev", "--out", folder], env);
  expect(said).toContain("Nothing was asked. Answer yes, or give --yes.");
  expect(code).toBe(0);
  expect(existsSync(join(folder, "run.json"))).toBe(false);
});

test("a damaged file of a run is named", async () => {
  const out = join(folder, "out");
  await run(["local", "--parts", "numbers", "--out", out]);
  writeFileSync(join(out, "run.json"), "{");
  const { code, said } = await run(["local", "--resume", "--out", out]);
  expect(said).toContain("run.json is no run");
  expect(code).toBe(2);
});

test("a local Twilio and another one differ in nothing; what is written is a proof and holds nothing of the account", async () => {
  const out = join(folder, "out");
  const { code, said } = await run(["local", "--parts", "numbers", "--out", out]);
  expect(said).toMatch(
    /A local Twilio: of \d+ facts, \d+ are as on the local Twilio and 0 differ; 0 were not asked/,
  );
  expect(code).toBe(0);
  expect(existsSync(join(out, "run.json"))).toBe(false);
  const text = readFileSync(join(out, "proof.json"), "utf8");
  expect(text).not.toMatch(/[A-Z]{2}[0-9a-f]{32}|\+1\d{10}|proof-[0-9a-f]{6}/);
  expect(readProof(join(out, "proof.json")).facts.length).toBeGreaterThan(10);
  expect(readFileSync(join(out, "page.html"), "utf8")).toContain("<h2>Different</h2>");
});
