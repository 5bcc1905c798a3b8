/** Projects of made-up versions, in Git repositories of their own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Answers } from "../../answers.ts";
import { projectFiles, type Source } from "../../project/files.ts";
import { recordName, recordText } from "../../project/record.ts";
import { writeProject } from "../../project/write.ts";
import type { Migration } from "../migration.ts";
import { upgrade, type Upgrade, type UpgradeFlags } from "../upgrade.ts";

/** Texts by path; null takes a file away. */
export type Edits = Readonly<Record<string, string | null>>;

const answers: Answers = { name: "my-line", template: "support", flow: null, channel: "sms", manager: "npm" };

export const flow = (body: string, more: readonly object[] = []): string =>
  `${JSON.stringify(
    {
      initial_state: "Trigger",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingMessage", next: "hi" }],
          properties: {},
        },
        {
          name: "hi",
          type: "send-message",
          transitions: [{ event: "sent" }, { event: "failed" }],
          properties: { body, offset: { x: 0, y: 100 } },
        },
        ...more,
      ],
    },
    null,
    2,
  )}\n`;

export const widget = (name: string): object => ({
  name,
  type: "set-variables",
  transitions: [{ event: "next" }],
  properties: { variables: [] },
});

export const lines = (...rows: string[]): string => rows.map((row) => `${row}\n`).join("");
const code = (name: string) =>
  lines(`/** ${name} */`, ...Array.from({ length: 12 }, (_, at) => `export const ${name}${at} = ${at};`));

/** What the first version is made of. */
export const first: Readonly<Record<string, string>> = {
  ".github/workflows/deploy.yml": lines(
    "name: Deploy",
    "on: push",
    "jobs:",
    "  deploy:",
    "    runs-on: ubuntu-latest",
  ),
  "Pulumi.yaml": lines("name: support-line", "runtime: nodejs"),
  "Pulumi.dev.yaml": lines(
    "# The stage.",
    "config:",
    "  support-line:lines:",
    "    - name: support",
    "      channel: sms",
    "      flow: support",
    "      agents: [ada]",
    "  support-line:agents:",
    "    - name: ada",
    '      address: "+15005550120"',
  ),
  "flow-templates/support.json": flow("hello"),
  "functions/start-conversation.protected.ts": code("start"),
  "infra/alerts.ts": code("alerts"),
  "infra/index.ts": code("index"),
  "infra/remembered.ts": code("remembered"),
  "provider/pulumi-resource-twilio": lines("#!/bin/sh", "exit 0"),
  "test/support.test.ts": code("test"),
};

/** A file of the first version, with other words in it. */
export const changed = (path: string, was: string, is: string) => {
  const text = first[path] ?? "";
  if (!text.includes(was)) throw new Error(`${path} has no ${was}`);
  return { [path]: text.replace(was, is) };
};

/** What the second version has otherwise: something in every kind of file. */
export const second = {
  ...changed(".github/workflows/deploy.yml", "  deploy:\n", "  deploy:\n    timeout-minutes: 20\n"),
  ...changed("Pulumi.dev.yaml", "      agents: [ada]\n", "      answerWithin: 5\n      agents: [ada]\n"),
  ...changed("infra/index.ts", "index3 = 3", "index3 = 300"),
  ...changed("functions/start-conversation.protected.ts", "start1 = 1", "start1 = 100"),
  "flow-templates/support.json": flow("hello", [widget("new")]),
  "infra/brought.ts": lines("export const brought = 1;"),
};

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

function put(folder: string, edits: Edits): void {
  for (const [path, text] of Object.entries(edits)) {
    const file = join(folder, path);
    if (text === null) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, path.startsWith("provider/") ? { mode: 0o755 } : {});
    }
  }
}

/** A version of the package, made of the first one's files and what it has otherwise. */
export function release(version: string, edits: Edits = {}): Source {
  const template = temporary();
  put(template, { ...first, ...edits });
  const installed = {
    dependencies: { "@support-line/stage": "*", luxon: "3.7.2" },
    devDependencies: { vitest: "5.1.1" },
  };
  writeFileSync(join(template, "reference.json"), JSON.stringify(installed));
  return { template, files: join(process.cwd(), "packages/create/files"), version };
}

export interface Ran {
  readonly code: number;
  readonly said: string;
}

export class Line {
  readonly folder: string;
  readonly top: string;
  installs = 0;

  /** @param below the project's place in its repository */
  constructor(source: Source, { below = "", isCopied = true } = {}) {
    this.top = temporary();
    this.folder = join(this.top, below);
    const files = projectFiles(source, answers);
    writeProject(this.folder, files);
    const record = recordText(source.version, answers, files);
    const kept = isCopied
      ? record
      : JSON.stringify({ ...(JSON.parse(record) as object), copy: undefined }, null, 2);
    writeFileSync(join(this.folder, recordName), kept);
    this.git("init", "-q", "-b", "main", this.top);
    this.git("config", "user.name", "Ada");
    this.git("config", "user.email", "ada@example.com");
    this.commit();
  }

  git(...words: string[]): string {
    return execFileSync("git", words, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  commit(): void {
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", "edit");
  }

  /** The person's edits, committed. */
  edit(edits: Edits): this {
    put(this.folder, edits);
    this.commit();
    return this;
  }

  /** Puts other words into a file. */
  replace(path: string, was: string, is: string): this {
    const text = this.read(path);
    if (!text.includes(was)) throw new Error(`${path} has no ${was}`);
    return this.edit({ [path]: text.replace(was, is) });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** What Git has to say of the work tree; empty: nothing. */
  status(): string {
    return this.git("status", "--porcelain");
  }

  async upgrade(
    source: Source,
    {
      changelog = "",
      migrations = [],
      ...more
    }: Partial<Upgrade> & { readonly migrations?: readonly Migration[] } = {},
    flags: UpgradeFlags = {},
  ): Promise<Ran> {
    const said: string[] = [];
    const exit = await upgrade(
      {
        folder: this.folder,
        source,
        changelog,
        migrations,
        makeAgain: () => Promise.reject(new Error("it is in no registry")),
        install: () => Promise.resolve(((this.installs += 1), 0)),
        installCommand: "npm install",
        verify: () => Promise.resolve(0),
        say: (text) => said.push(text),
        ...more,
      },
      flags,
    );
    return { code: exit, said: said.join("\n") };
  }
}
