/** `npm start` in projects whose line is not the support line: a hotline for calls, `desk`, `flex`, and a widget that fails. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { ProjectCopy } from "./project-copy.ts";

let project: ProjectCopy | undefined;
afterEach(async () => {
  await project?.run("packages/cli/stop.ts", []);
  await project?.[Symbol.asyncDispose]();
  project = undefined;
});

const start = async (of: ProjectCopy, port?: number) =>
  of.run("packages/cli/start.ts", ["--port", String(port ?? (await freePort()))]);

async function edit(of: ProjectCopy, path: string, change: (text: string) => string): Promise<void> {
  const file = join(of.folder, path);
  await writeFile(file, change(await readFile(file, "utf8")));
}

test("a line that takes calls is called; a widget that fails is named, and the start fails", async () => {
  project = await ProjectCopy.create({}, "hotline");
  const first = await start(project);
  expect({ code: first.code, said: first.stderr }).toMatchObject({ code: 0 });
  // What the project says is its first conversation, to its end.
  expect(first.stdout).toContain("The project's first conversation");
  expect(first.stdout).toContain("See you on the slopes.");
  const [, next = ""] = /npx local-twilio (call .*)/.exec(first.stdout) ?? [];
  const again = await project.run("packages/local-twilio/bin/local-twilio.mjs", [
    ...next.split(" "),
    "--say",
    "no",
  ]);
  expect({ code: again.code, said: again.stderr }).toMatchObject({ code: 0 });

  await edit(
    project,
    "functions/slopes/snow.js",
    () => 'exports.handler = () => { throw new Error("no snow"); };\n',
  );
  // A stage that is deployed already moves to another port without further ado.
  const second = await start(project);
  expect(second.stderr).toContain(
    "test/first-conversation.ts: widget snow_depth (run-function) failed, and left by fail",
  );
  expect(second.code).toBe(1);
});

test("what a check finds stops the start before anything is deployed", async () => {
  project = await ProjectCopy.create({}, "florist");
  await edit(project, "flow-templates/petals.json", (text) =>
    text.replace("incomingConversationMessage", "incomingMessage"),
  );
  const { code, stderr } = await start(project);
  expect(stderr).toMatch(
    /stage local: \d+ to fix, and nothing was deployed\n {2}line petals: flow-templates\/petals\.json:\d+: widget Trigger does nothing at incomingConversationMessage.*; lead it to \w+, as incomingMessage does/,
  );
  expect(code).toBe(1);
});

test.each(["desk", "flex"])("the template %s is tried with the word that it listens for", async (flow) => {
  project = await ProjectCopy.create();
  const more = flow === "flex" ? "  support-line:flex: {}\n" : "";
  const local = await readFile("Pulumi.local.yaml", "utf8");
  await writeFile(
    join(project.folder, "Pulumi.local.yaml"),
    local.replace("flow: support", `flow: ${flow}`).replace("config:\n", `config:\n${more}`),
  );
  const { code, stdout, stderr } = await start(project);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain("Somebody writes to line support");
  expect(stdout).toMatch(/customer …0201 +← line support/);
});

test("where nobody hears anything, that is said, and a port that is taken names the way out", async () => {
  project = await ProjectCopy.create({}, "florist");
  // Without a conversation that the project says is its first.
  await rm(join(project.folder, "test"), { recursive: true });
  await edit(project, "flow-templates/petals.json", (text) => {
    const flow = JSON.parse(text) as {
      states: { name: string; transitions: { event: string; next?: string }[] }[];
    };
    for (const state of flow.states) {
      if (state.name === "open_or_not") for (const each of state.transitions) delete each.next;
    }
    return JSON.stringify(flow);
  });
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  const taken = await start(project, port);
  server.close();
  expect(taken.code).toBe(3);
  expect(taken.stderr).toMatch(
    new RegExp(`Port ${port} is taken by another program.*npm start -- --port ${port + 10}`, "s"),
  );
  expect(await readFile(join(project.folder, "Pulumi.local.yaml"), "utf8")).toContain(
    "http://127.0.0.1:4010",
  );

  const silent = await start(project);
  expect(silent.stderr).toContain('line petals: nobody heard anything after "hello"');
  expect(silent.code).toBe(1);
});
