/** A line that began with a made-up earlier version, deployed, edited, and taken to what is here, through the registry. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecord } from "create-support-line";
import { Newcomer } from "./newcomer.ts";
import { publishAll, type Published } from "./published.ts";
import { freePort } from "../free-port.ts";

const now = "0.1.0";
let published: Published;
let newcomer: Newcomer;
let line = "";

/** Puts other words into a file that has them. */
function replace(folder: string, path: string, was: string | RegExp, is: string): void {
  const file = join(folder, path);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(was, is);
  if (changed === text) throw new Error(`${path} has no ${String(was)}`);
  writeFileSync(file, changed);
}

const read = (path: string): string => readFileSync(join(line, path), "utf8");

async function runs(text: string): Promise<string> {
  const { code, output } = await newcomer.run(line, text);
  expect(code, `${text}\n${output}`).toBe(0);
  return output;
}

const commit = () => runs('git add -A && git commit -qm "edit"');

beforeAll(async () => {
  published = await publishAll(now);
  // The first has a file elsewhere, one that is gone now, another text in the Flow, and lacks a step of a workflow.
  await published.publishEarlier("0.0.1", (template) => {
    renameSync(join(template, "infra/remembered.ts"), join(template, "infra/memory.ts"));
    replace(template, "infra/index.ts", "./remembered.ts", "./memory.ts");
    writeFileSync(join(template, "infra/notes.ts"), "/** Of the first version alone. */\nexport {};\n");
    replace(template, "flow-templates/support.json", '"Added support agent"', '"Agent added"');
    replace(template, "test/support.test.ts", "/**", "/** Of the first version.\n *");
  });
  // The second calls the Service otherwise that Conversations are in.
  await published.publishEarlier("0.0.2", (template) => {
    replace(
      template,
      "infra/index.ts",
      /new twilio\.conversations\.Service\(\s*"[^"]+"/,
      'new twilio.conversations.Service("other"',
    );
  });
  newcomer = new Newcomer(published.registry.url);
  const room = newcomer.room("upgrades");
  const { code, output } = await newcomer.run(room, "npm create support-line@0.0.1 my-line -- --yes");
  expect(code, output).toBe(0);
  line = join(room, "my-line");
  const port = await freePort();
  replace(line, "Pulumi.local.yaml", /127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
  await runs("git init -qb main && git config user.name Ada && git config user.email ada@example.com");
  await commit();
  await runs("npm start");
}, 600_000);
afterAll(async () => {
  await newcomer.run(line, "npm stop");
  newcomer.leave();
  await published.stop();
});

test("a version that the registry does not have is said, and nothing is changed", async () => {
  const { code, output } = await newcomer.run(line, "npm run upgrade -- --to 9.9.9");
  expect(output).toContain("The registry has no create-support-line@9.9.9, and nothing was changed");
  expect(code).toBe(2);
  const away = await newcomer.run(line, "npm run upgrade", {
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_fetch_retries: "0",
  });
  expect(away.output).toContain(
    "create-support-line could not be fetched from the registry, and nothing was changed",
  );
  expect(away.code).toBe(3);
});

test("a release that would replace what is deployed stops, and the way back goes back", async () => {
  const { code, output } = await newcomer.run(line, "npm run upgrade -- --to 0.0.2");
  expect(code, output).toBe(1);
  expect(output).toContain("my-line: 0.0.1 to 0.0.2, on branch upgrade-0.0.2");
  expect(output).toMatch(/would be deleted: .*\(twilio:conversations:Service\)/);
  const [, back = ""] = /^The way back: (.*)$/m.exec(output) ?? [];
  await runs(back);
  expect(await runs("git status --short && git branch --list 'upgrade*'")).toBe("");
  expect(readRecord(line)?.version).toBe("0.0.1");
  expect(await runs("npm ls @support-line/cli")).toContain("@support-line/cli@0.0.1");
});

test("an edited line is taken to what is here, and what is deployed stays", async () => {
  replace(line, "flow-templates/support.json", '"Agent added"', '"Grace is with you"');
  replace(line, "infra/memory.ts", /$/, "\nexport const ours = 1;\n");
  replace(line, "package.json", '"luxon":', '"picocolors": "1.1.1",\n    "luxon":');
  rmSync(join(line, "test/support.test.ts"));
  await commit();
  const dry = await newcomer.run(line, "npm run upgrade -- --dry-run");
  expect(dry.output).toContain("infra/memory.ts is infra/remembered.ts now");
  expect(dry.output).toContain("Nothing was changed.");
  // Both changed one text of the Flow.
  expect(dry.output).toContain(
    '"support-confirmation-message" properties.body: ours has "Grace is with you", theirs has "Added support agent"',
  );
  expect(dry.code).toBe(1);
  expect(await runs("git status --short && git branch --list 'upgrade*'")).toBe("");

  const { code, output } = await newcomer.run(line, "npm run upgrade");
  expect(code, output).toBe(1);
  expect(output).toContain("1 conflict in 1 file");
  expect(output).toContain("infra/notes.ts is gone");
  expect(output).toContain("test/support.test.ts stays deleted, as you left it");
  await runs("rm flow-templates/support.json.conflicts && git add flow-templates/support.json");
  const ended = await runs("npm run upgrade");
  expect(ended).toMatch(/local +a deployment would change it: /);
  expect(ended).toMatch(/dev +not looked at: /);
  expect(ended).toContain(`Upgraded to ${now} on branch upgrade-${now}.`);
  expect(read("flow-templates/support.json")).toContain("Grace is with you");
  expect(read("infra/remembered.ts")).toContain("export const ours = 1;");
  expect(read("package.json")).toContain('"picocolors": "1.1.1"');
  expect(readRecord(line)?.version).toBe(now);
  expect(await runs("npm ls @support-line/cli")).toContain(`@support-line/cli@${now}`);
  expect(await runs("git status --short")).toBe("");
  await runs("npx pulumi up -s local --yes");
});

test("what the earlier version wrote is made again from its package, where the copy was lost", async () => {
  const room = newcomer.room("lost");
  const made = await newcomer.run(room, "npm create support-line@0.0.1 a-line -- --yes --no-install");
  expect(made.code, made.output).toBe(0);
  const folder = join(room, "a-line");
  const record = JSON.parse(readFileSync(join(folder, ".support-line.json"), "utf8")) as object;
  writeFileSync(join(folder, ".support-line.json"), JSON.stringify({ ...record, copy: undefined }, null, 2));
  replace(folder, "flow-templates/support.json", '"Agent added"', '"Grace is with you"');
  for (const words of [
    "init -qb main",
    "config user.name Ada",
    "config user.email ada@example.com",
    "add -A",
    "commit -qm line",
  ]) {
    await newcomer.run(folder, `git ${words}`);
  }
  const { output } = await newcomer.run(
    folder,
    `npm exec --yes --package=create-support-line@${now} -- upgrade-support-line --dry-run`,
  );
  expect(output).toContain('before it was "Agent added"');
  expect(output).toContain("1 conflict in 1 file");
});
