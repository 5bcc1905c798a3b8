/** What is wrong with the folder of a local Twilio, said by the command as it is installed: one sentence, with the way out. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startLocalTwilio } from "../server.ts";
import { FolderError, folderError } from "../store/folder.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "local-twilio-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function run(folder: string, ...args: string[]): Promise<{ code: number; out: string; problem: string }> {
  const bin = join(import.meta.dirname, "../bin/local-twilio.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args, "--folder", folder], (error, out, problem) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, problem });
    });
  });
}

test("a folder that is a file is named", async () => {
  const folder = join(home, "file");
  writeFileSync(folder, "");
  expect(await run(folder, "start", "--port", "0")).toEqual({
    code: 2,
    out: "",
    problem: `${folder} cannot be a folder, since a file of that name is in the way: choose another with --folder.\n`,
  });
});

test("a damaged database is named with the command that begins anew, and that command works", async () => {
  writeFileSync(join(home, "twilio.sqlite"), "no database".repeat(100));
  const damaged = await run(home, "start", "--port", "0");
  expect(damaged).toMatchObject({ code: 2, out: "" });
  const [, command = ""] = /npx local-twilio (reset --folder \S+) begins anew/.exec(damaged.problem) ?? [];
  expect(command).toBe(`reset --folder ${home}`);
  expect(await run(home, "reset")).toMatchObject({
    code: 0,
    out: "The local Twilio is as new the next time it starts.\n",
  });
  const started = await run(home, "start", "--port", "0");
  expect(started).toMatchObject({ code: 0, problem: "" });
  expect((await run(home, "stop")).code).toBe(0);
});

test("one server a folder: another is told whose it is, and leaves it as it was", async () => {
  await using twilio = await startLocalTwilio({ folder: home }).then((opened) =>
    Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() }),
  );
  const second = await run(home, "start", "--port", "0");
  expect(second).toMatchObject({ code: 2, out: "" });
  expect(second.problem).toBe(
    `Another local Twilio uses ${home}: stop it with npx local-twilio stop --folder ${home}, or choose another folder with --folder.\n`,
  );
  expect((await run(home, "reset")).problem).toBe(second.problem);
  expect((await fetch(`${twilio.endpoint}/_local/v1/status`)).status).toBe(200);
});

test("a note of a process that was cut off while writing counts for nothing", async () => {
  for (const note of ["", '{"pid":', "null"]) {
    writeFileSync(join(home, "running.json"), note);
    expect(await run(home, "status")).toMatchObject({ code: 1 });
  }
});

test("a start that fails after it listens ends, with its reason", async () => {
  // The note of where it runs is written last: here it cannot be.
  mkdirSync(join(home, "running.json"));
  const started = await run(home, "start", "--port", "0");
  expect(started.code).not.toBe(0);
  expect(started.problem).toMatch(/^It could not start: .*running\.json/);
  expect(readFileSync(join(home, "local-twilio.log"), "utf8")).toContain("running.json");
});

test.each([
  [{ code: "EACCES" }, "cannot be written"],
  [{ code: "EROFS" }, "cannot be written"],
  [{ code: "ENOSPC" }, "is full: make room"],
  [{ code: "ERR_SQLITE_ERROR", errcode: 13 }, "is full: make room"],
  [{ code: "ERR_SQLITE_ERROR", errcode: 8 }, "cannot be written"],
  [{ code: "ERR_SQLITE_ERROR", errcode: 11 }, "is damaged"],
])("%o says what it is", (error, words) => {
  expect(folderError(error, "/there")?.message).toContain(words);
});

test("what is about something else is left as it is", () => {
  expect(folderError({ code: "EADDRINUSE" }, "/there")).toBeUndefined();
  expect(folderError(new Error("other"), "/there")).toBeUndefined();
  const own = new FolderError("full", "/there");
  expect(folderError(own, "/there")).toBe(own);
});
