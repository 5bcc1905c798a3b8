/**
 * The life of a line, from an account that was filled by hand: adopted, changed in a pull request, rolled out to two stages,
 * edited in Studio and pulled back, rolled back, and looked after. Every step is a command of the project, run in a copy of the
 * checkout, with the real Pulumi engine, on two accounts of local Twilios.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import type { FlowDefinition } from "@support-line/studio";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ProjectCopy, type CommandRun } from "../project-copy.ts";
import { foreignClient } from "../foreign-client.ts";
import { LocalPhone } from "../local-world.ts";
import { fillAccount } from "./account.ts";

const lines = { prod: "+15550100004", dev: "+15550100005" } as const;
const agents = { prod: "+15550100101", dev: "+15550100102" } as const;
type Stage = keyof typeof lines;

/** Told what happens: a heading, and what a command said. */
export interface Teller {
  chapter(text: string): void;
  says(text: string): void;
}

class Walk implements AsyncDisposable {
  readonly folder: string;
  readonly copy: ProjectCopy;
  readonly twilios: Readonly<Record<Stage, LocalTwilio>>;
  #customers = 200;

  private constructor(folder: string, copy: ProjectCopy, twilios: Readonly<Record<Stage, LocalTwilio>>) {
    this.folder = folder;
    this.copy = copy;
    this.twilios = twilios;
  }

  static async begin(): Promise<Walk> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-walk-"));
    const [prod, dev] = [
      await startLocalTwilio({ folder: join(folder, "prod"), port: 0 }),
      await startLocalTwilio({ folder: join(folder, "dev"), port: 0 }),
    ];
    const copy = await ProjectCopy.create({
      TWILIO_ACCOUNT_SID: prod.accountSid,
      TWILIO_AUTH_TOKEN: prod.authToken,
    });
    return new Walk(folder, copy, { prod, dev });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.copy[Symbol.asyncDispose]();
    await Promise.all(Object.values(this.twilios).map((each) => each.close()));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A command that has to end well; answers what it printed. */
  async does(run: Promise<CommandRun>): Promise<string> {
    const { code, stdout, stderr } = await run;
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    return stdout;
  }

  stage(...words: string[]): Promise<string> {
    return this.does(this.copy.stage(words));
  }

  pulumi(words: string): Promise<string> {
    return this.does(this.copy.pulumi(...words.split(" "), "--non-interactive"));
  }

  async git(...words: string[]): Promise<void> {
    const own = ["-c", "user.name=Walk", "-c", "user.email=walk@example.com"];
    await promisify(execFile)("git", [...own, ...words], { cwd: this.folder && this.copy.folder });
  }

  async edit(path: string, change: (text: string) => string): Promise<void> {
    const file = join(this.copy.folder, path);
    const before = await readFile(file, "utf8");
    const after = change(before);
    assert.notEqual(after, before, `${path} was to be changed`);
    await writeFile(file, after);
  }

  /** A customer whom nobody knows yet asks for support: what they and the stage's agent read last. */
  async asks(stage: Stage): Promise<{ customer: string; agent: string }> {
    const { endpoint } = this.twilios[stage];
    // The page's line has one pair of agent and number, and a Conversation holds it until it is closed.
    await closeAll(this.twilios[stage]);
    this.#customers += 1;
    const phones = [`+15550100${this.#customers}`, agents[stage]].map(
      (each) => new LocalPhone(endpoint, each),
    );
    await phones[0]?.says(lines[stage], "support");
    const [customer = "", agent = ""] = await Promise.all(
      phones.map(async (phone) => (await phone.heard()).at(-1)?.body ?? ""),
    );
    return { customer, agent };
  }

  /** Deploys exactly what a preview has shown. */
  async rollOut(stage: Stage): Promise<string> {
    const shown = await this.stage("preview", stage);
    await this.stage("apply", stage, "--shown", shown.trim().split("\n").at(-1) ?? "");
    return shown;
  }
}

async function closeAll({ endpoint, accountSid, authToken }: LocalTwilio): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const ask = async (path: string, body?: URLSearchParams): Promise<unknown> => {
    const init = { headers: { authorization }, ...(body === undefined ? {} : { method: "POST", body }) };
    return (await fetch(`${endpoint}/conversations.twilio.com/v1/${path}`, init)).json();
  };
  const { services } = (await ask("Services")) as { services: { sid: string }[] };
  for (const { sid } of services) {
    const { conversations } = (await ask(`Services/${sid}/Conversations?State=active`)) as {
      conversations: { sid: string }[];
    };
    for (const each of conversations) {
      await ask(`Services/${sid}/Conversations/${each.sid}`, new URLSearchParams({ State: "closed" }));
    }
  }
}

/** Plays it, and throws where something is not as it should be. */
export async function walk(teller: Teller): Promise<void> {
  await using life = await Walk.begin();
  const client = foreignClient(life.twilios.prod);
  const both = async (words: string) => {
    for (const stage of ["dev", "prod"] as const) {
      assert.deepEqual(await life.asks(stage), { customer: words, agent: words });
    }
  };

  teller.chapter("A line that somebody made by hand, with twilio-run, Twilio's client and Studio's editor");
  const flowSid = await fillAccount(
    client,
    { ...life.twilios.prod, folder: join(life.folder, "prod") },
    { line: lines.prod, agent: agents.prod },
  );
  assert.equal((await life.asks("prod")).customer, "Added support agent");
  teller.says(`A customer writes "support" and reads "Added support agent".`);

  teller.chapter("Adopted: its Flow, Functions and Variables become a stage, and nothing changes");
  teller.says(
    await life.stage("adopt", "prod", "--name", "helpline", "--endpoint", life.twilios.prod.endpoint),
  );
  await life.pulumi(
    "import --file Pulumi.prod.import.json --generate-code=false --protect=false --yes -s prod",
  );
  const { changeSummary } = JSON.parse(await life.pulumi("preview --json -s prod")) as {
    changeSummary: Record<string, number>;
  };
  assert.deepEqual(Object.keys(changeSummary), ["same"]);
  teller.says(
    `After pulumi import a preview shows no change: ${changeSummary["same"] ?? 0} resources as they were.`,
  );

  teller.chapter("A second stage from the same files, in an account of its own, with another agent");
  const { endpoint } = life.twilios.dev;
  const adopted = await readFile(join(life.copy.folder, "Pulumi.prod.yaml"), "utf8");
  await writeFile(
    join(life.copy.folder, "Pulumi.dev.yaml"),
    adopted
      .replaceAll(life.twilios.prod.endpoint, endpoint)
      .replaceAll(agents.prod, agents.dev)
      .replaceAll(lines.prod, lines.dev),
  );
  await life.pulumi("stack init dev");
  await life.pulumi("up --yes --skip-preview -s dev");
  await both("Added support agent");
  teller.says("Each stage's customers reach its own agent.");

  teller.chapter("A pull request changes one text");
  const files = ["flow-templates", "functions", "Pulumi.dev.yaml", "Pulumi.prod.yaml"];
  await life.git("init", "--quiet", "--initial-branch=main");
  await life.git("add", ...files);
  await life.git("commit", "--quiet", "--message", "The line as it was adopted");
  await life.git("switch", "--quiet", "--create", "kinder");
  const template = "flow-templates/helpline.json";
  await life.edit(template, (text) => text.replace("Added support agent", "Somebody is with you now"));
  await life.git("commit", "--quiet", "--all", "--message", "A kinder text");
  const comment = join(life.folder, "comment.md");
  await life.stage("comment", "--base", "main", "--output", comment);
  const written = await readFile(comment, "utf8");
  for (const said of ["dev", "prod", "Somebody is with you now", "mermaid"]) {
    assert.match(written, new RegExp(said));
  }
  assert.doesNotMatch(written, /To fix/);
  const from = written.indexOf("### Stage");
  teller.says(written.slice(from, written.indexOf("```mermaid", from)));

  teller.chapter("Merged, and rolled out: what is applied is what was shown");
  for (const stage of ["dev", "prod"] as const) teller.says(await life.rollOut(stage));
  await both("Somebody is with you now");
  teller.says(`Both stages say "Somebody is with you now".`);

  teller.chapter("Somebody edits the Flow in Studio; it is pulled back into code");
  const flow = client.studio.v2.flows(flowSid);
  const definition = (await flow.fetch()).definition as FlowDefinition;
  const states = definition.states.map((state) =>
    state.name === "confirm"
      ? { ...state, properties: { ...state.properties, body: "Somebody is with you now, promise" } }
      : state,
  );
  await flow.update({
    status: "published",
    commitMessage: "in the editor",
    definition: { ...definition, states },
  });
  const drift = await life.copy.stage(["drift", "prod"]);
  assert.equal(drift.code, 1, drift.stderr);
  teller.says(drift.stdout);
  teller.says(
    await life.does(life.copy.run("packages/cli/studio.ts", ["pull", "helpline", "--stage", "prod"])),
  );
  assert.match(await readFile(join(life.copy.folder, template), "utf8"), /with you now, promise/);
  await life.pulumi("refresh --yes --skip-preview -s prod");
  await life.pulumi("up --yes --skip-preview -s prod");
  assert.equal((await life.asks("prod")).customer, "Somebody is with you now, promise");
  await life.rollOut("dev");
  assert.equal((await life.asks("dev")).customer, "Somebody is with you now, promise");
  teller.says("The edit is in the template, and dev has it as well.");

  teller.chapter("Three in the morning: back in a minute");
  teller.says(await life.stage("rollback", "prod", "--yes"));
  assert.equal((await life.asks("prod")).customer, "Somebody is with you now");
  teller.says(`Prod says "Somebody is with you now" again.`);

  teller.chapter("The nightly drift report");
  assert.match(await life.stage("drift", "prod"), /prod/);
  teller.says(await life.stage("drift", "dev", "prod"));
}
