/** Drift of a line that was there before the project: what it took over is watched, what it left to others is not. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { LineByNumber } from "./adopted/by-number.ts";
import type { ProjectCopy } from "./project-copy.ts";

let made: LineByNumber;
let copy: ProjectCopy;
beforeAll(async () => {
  made = await LineByNumber.create(["incomingMessage"]);
  ({ copy } = made);
  const words = [
    "adopt",
    "prod",
    "--endpoint",
    made.twilio.endpoint,
    "--address",
    made.line,
    "--name",
    "byweb",
  ];
  expect(await copy.stage(words)).toMatchObject({ code: 0 });
  const file = ["--file", "Pulumi.prod.import.json", "--generate-code=false", "--protect=false"];
  expect(await copy.pulumi("import", ...file, "--yes", "-s", "prod", "--non-interactive")).toMatchObject({
    code: 0,
  });
});
afterAll(() => made[Symbol.asyncDispose]());

const nonstop = ["--yes", "--skip-preview", "-s", "prod", "--non-interactive"];

const number = () => made.number();

test("a line that was adopted is as it was found", async () => {
  expect(await copy.stage(["drift", "prod"])).toEqual({ code: 0, stdout: "prod  as deployed\n", stderr: "" });
});

test("once deployed, the number's webhook is the line's, its voice is not", async () => {
  expect(await copy.pulumi("up", ...nonstop)).toMatchObject({ code: 0 });
  await (await number()).update({ voiceUrl: "https://other.example/", smsUrl: "https://elsewhere.example/" });
  const { code, stdout } = await copy.stage(["drift"]);
  expect(code).toBe(1);
  expect(stdout).toContain("byweb (twilio:api:IncomingPhoneNumber) is otherwise at Twilio\n    smsUrl is");
  expect(stdout).not.toContain("other.example");
  const fixed = await copy.pulumi("up", "--refresh", ...nonstop);
  expect(fixed).toMatchObject({ code: 0 });
  expect(await (await number()).fetch()).toMatchObject({ voiceUrl: "https://other.example/" });
  expect(await copy.stage(["drift"])).toMatchObject({ code: 0 });
});
