/** How each kind of file is merged. */
import { describe, expect, test } from "vitest";
import { flow, widget } from "../testing/line.ts";
import { mergeByKey } from "./by-key.ts";
import { mergeFlowTexts } from "./flow.ts";
import { json, packageJson } from "./json.ts";
import { yaml } from "./yaml.ts";

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const merged = (base: unknown, ours: unknown, theirs: unknown, format = packageJson) => {
  const { text: out, conflicts } = mergeByKey(
    { base: text(base), ours: text(ours), theirs: text(theirs) },
    format,
  );
  return { value: conflicts.length === 0 ? (JSON.parse(out) as unknown) : null, text: out, conflicts };
};

describe("package.json", () => {
  const base = {
    name: "my-line",
    scripts: { start: "support-line start" },
    dependencies: { "@support-line/stage": "0.1.0", luxon: "3.7.2", twilio: "6.2.0" },
  };

  test("lines that stand side by side are no conflict", () => {
    const ours = { ...base, dependencies: { ...base.dependencies, "left-pad": "1.3.0" } };
    const theirs = {
      ...base,
      scripts: { start: "support-line start", upgrade: "support-line upgrade" },
      dependencies: { ...base.dependencies, "@support-line/stage": "0.2.0", ky: "1.0.0" },
    };
    expect(merged(base, ours, theirs).value).toEqual({
      name: "my-line",
      scripts: theirs.scripts,
      dependencies: {
        "@support-line/stage": "0.2.0",
        ky: "1.0.0",
        "left-pad": "1.3.0",
        luxon: "3.7.2",
        twilio: "6.2.0",
      },
    });
  });

  test("of a package that both moved the newer version stays, and of our own ones the upgrade's", () => {
    const on = (stage: string, luxon: string, twilio: string) => ({
      ...base,
      dependencies: { "@support-line/stage": stage, luxon, twilio },
    });
    const result = merged(base, on("0.3.0-rc.1", "^3.8.0", "6.2.1"), on("0.2.0", "3.7.5", "6.3.0"));
    expect(result.value).toEqual(on("0.2.0", "^3.8.0", "6.3.0"));
  });

  test("a package or a script that somebody took away stays away", () => {
    const ours = { ...base, scripts: {}, dependencies: { "@support-line/stage": "0.1.0" } };
    const theirs = {
      ...base,
      scripts: { start: "support-line start --now" },
      dependencies: { ...base.dependencies, "@support-line/stage": "0.2.0", luxon: "3.8.0" },
    };
    expect(merged(base, ours, theirs).value).toEqual({
      name: "my-line",
      scripts: {},
      dependencies: { "@support-line/stage": "0.2.0" },
    });
  });

  test("what both changed has Git's markers, there and nowhere else", () => {
    const start = (words: string) => ({ ...base, scripts: { start: words } });
    const { text: out, conflicts } = merged(
      base,
      { ...start("mine"), author: "Ada" },
      { ...start("new"), license: "MIT" },
    );
    expect(conflicts).toEqual([
      'scripts.start: yours is "mine", the upgrade has "new"; before it was "support-line start"',
    ]);
    expect(out).toContain(
      '<<<<<<< yours\n    "start": "mine"\n=======\n    "start": "new"\n>>>>>>> upgrade\n',
    );
    expect(out.match(/<<<<<<</g)).toHaveLength(1);
    expect(out).toContain('"author": "Ada"');
    expect(out).toContain('"license": "MIT"');
  });
});

test("a list of words takes what both sides add; a file with comments is merged by line", () => {
  const base = { include: ["infra", "test"] };
  expect(
    merged(base, { include: ["infra", "test", "tools"] }, { include: ["infra", "policy", "test"] }, json)
      .value,
  ).toEqual({
    include: ["infra", "policy", "test", "tools"],
  });
  const commented = '{\n  // Mine.\n  "a": 1,\n\n\n  "b": 2\n}\n';
  const { text: out } = mergeByKey(
    { base: commented, ours: commented.replace("1", "3"), theirs: commented.replace('"b": 2', '"b": 4') },
    json,
  );
  expect(out).toBe(commented.replace("1", "3").replace("2", "4"));
});

describe("YAML", () => {
  const base = `# The stage.
config:
  my-line:lines:
    - name: support
      channel: sms
      flow: support
      agents: [ada]
  my-line:agents:
    - name: ada
      address: "+15005550120"
`;
  const yamlMerged = (ours: string, theirs: string) => mergeByKey({ base, ours, theirs }, yaml);

  test("both sides' keys and items stand, with the comments of both", () => {
    const ours = base
      .replace("agents: [ada]", "agents: [ada, grace] # Two of us.")
      .concat('    # On Mondays.\n    - name: grace\n      address: "+15005550121"\n');
    const theirs = base
      .replace("      agents: [ada]", "      # Minutes.\n      answerWithin: 5\n      agents: [ada]")
      .concat("  my-line:timers: {}\n");
    const { text: out, conflicts } = yamlMerged(ours, theirs);
    expect(conflicts).toEqual([]);
    expect(out).toBe(`# The stage.
config:
  my-line:lines:
    - name: support
      channel: sms
      flow: support
      agents: [ada, grace] # Two of us.
      # Minutes.
      answerWithin: 5
  my-line:agents:
    - name: ada
      address: "+15005550120"
    # On Mondays.
    - name: grace
      address: "+15005550121"
  my-line:timers: {}
`);
  });

  test("one value that both changed is a conflict, named by its place", () => {
    const { text: out, conflicts } = yamlMerged(
      base.replace("channel: sms", "channel: voice"),
      base.replace("channel: sms", "channel: whatsapp"),
    );
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toContain(
      'config.my-line:lines.name support.channel: yours is "voice", the upgrade has "whatsapp"',
    );
    expect(out).toContain(
      "<<<<<<< yours\n      channel: voice\n=======\n      channel: whatsapp\n>>>>>>> upgrade\n",
    );
  });

  test("where lines agree the file stays as it is written", () => {
    const odd = `a:   1   # one\n\n\n\nb: { x: 1,   y: 2 }\n\n\n\nc:\n- 1\n`;
    const { text: out } = mergeByKey(
      { base: odd, ours: odd.replace("a:   1", "a:   2"), theirs: odd.replace("- 1", "- 2") },
      yaml,
    );
    expect(out).toBe(odd.replace("a:   1", "a:   2").replace("- 1", "- 2"));
  });
});

describe("Flows", () => {
  test("widgets that both add at the end are no conflict", async () => {
    const { text: out, conflicts } = await mergeFlowTexts(
      {
        base: flow("hello"),
        ours: flow("good day", [widget("mine")]),
        theirs: flow("hello", [widget("theirs")]),
      },
      ".",
    );
    expect(conflicts).toEqual([]);
    const { states } = JSON.parse(out) as { states: { name: string }[] };
    expect(states.map(({ name }) => name)).toEqual(["Trigger", "hi", "mine", "theirs"]);
  });

  test("two texts are one, and the Flow is whole with ours", async () => {
    const {
      text: out,
      conflicts,
      undecided,
    } = await mergeFlowTexts({ base: flow("hello"), ours: flow("good day"), theirs: flow("hi") }, ".");
    expect(conflicts).toEqual([
      '"hi" properties.body: ours has "good day", theirs has "hi"; before it was "hello"',
    ]);
    expect(undecided).toHaveLength(1);
    expect(JSON.parse(out)).toEqual(JSON.parse(flow("good day")));
  });

  test("what is no Flow is merged by line", async () => {
    const { text: out } = await mergeFlowTexts({ base: "{}\n", ours: "{}\n", theirs: "[]\n" }, ".");
    expect(out).toBe("[]\n");
  });
});
