/** What releases bring along: what they moved and renamed, and what their changelog says. */
import { expect, test } from "vitest";
import { renamedImport, renamedStageKey } from "./migration.ts";
import { changed, first, Line, lines, release } from "./testing/line.ts";

test("two releases are one upgrade, with what each did to files, keys and imports", async () => {
  const migrations = [
    {
      version: "0.3.0",
      edit: renamedImport("@support-line/functions/variables-v1/", "@support-line/functions/variables-v2/"),
    },
    {
      version: "0.2.0",
      edit: renamedStageKey(["*:lines", "*", "agents"], "people"),
      moves: { "infra/alerts.ts": "infra/warnings.ts" },
    },
    { version: "0.4.0", edit: () => expect.unreachable("it is later") },
  ];
  const line = new Line(release("0.1.0"))
    .edit({
      "Pulumi.qa.yaml": lines(
        "config:",
        "  my-line:lines:",
        "    # Ours.",
        "    - name: support",
        "      agents: [ada] # Alone.",
      ),
      "functions/mine.ts": lines('import { a } from "@support-line/functions/variables-v1/agents";'),
    })
    .replace("Pulumi.dev.yaml", "agents: [ada]", "agents: [ada, grace]");
  const source = release("0.3.0", {
    ...changed("Pulumi.dev.yaml", "agents: [ada]", "people: [ada]"),
    "infra/alerts.ts": null,
    "infra/warnings.ts": first["infra/alerts.ts"] ?? "",
  });
  const { code, said } = await line.upgrade(source, { migrations });
  expect(code, said).toBe(0);
  expect(line.read("Pulumi.dev.yaml")).toContain("people: [ada, grace]");
  expect(line.read("Pulumi.qa.yaml")).toContain(
    "    # Ours.\n    - name: support\n      people: [ada] # Alone.\n",
  );
  expect(line.read("functions/mine.ts")).toContain('"@support-line/functions/variables-v2/agents"');
  expect(line.has("infra/warnings.ts")).toBe(true);
});

test("what must be done by hand is told first, then what changed, of every release in between", async () => {
  const changelog = `# Changelog

## Unreleased

- Not yet.

## 0.3.0

- Queues have
  names.

### By hand

- Set \`TWILIO_REGION\`
  before you deploy.

## 0.2.0 (2026-12-01)

### By hand

- Log in again.

### Changed

- Flows are drawn.

## 0.1.0

- The first.
`;
  const { said } = await new Line(release("0.1.0")).upgrade(release("0.3.0"), { changelog });
  expect(said).toContain(`By hand, first:
  - 0.3.0: Set \`TWILIO_REGION\` before you deploy.
  - 0.2.0: Log in again.

What changed:
0.3.0
  - Queues have names.
0.2.0
  - Flows are drawn.
`);
  expect(said).not.toMatch(/Not yet|The first/);
});
