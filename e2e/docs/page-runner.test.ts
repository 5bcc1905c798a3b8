import { expect, test } from "vitest";
import { actsOf, isPrinted, runPage } from "./page-runner.ts";

const page = `# Page

\`\`\`sh run
echo one; echo two
\`\`\`

\`\`\`text output
one
…
\`\`\`

<!-- run: echo hidden -->

\`\`\`yaml file: a.yaml
a: 1
\`\`\`

\`\`\`sh not-run: costs money
rm -rf /
\`\`\`
`;

test("what is done of a page, in order", () => {
  expect(actsOf(page)).toEqual([
    { kind: "run", text: "echo one; echo two", line: 3, output: "one\n…" },
    { kind: "run", text: "echo hidden", line: 12, output: null },
    { kind: "write", file: "a.yaml", text: "a: 1\n" },
  ]);
});

test.each([
  ["one\n…\nfour", "one\ntwo\nthree\nfour\n", true],
  ["one … four", "one two three four", true],
  ["one\ntwo", "one\nthree", false],
  ["one", "none at all", false],
  ["1 Flow (a)", "1 Flow (a)", true],
])("%j is what is printed by %j: %s", (expected, printed, is) => {
  expect(isPrinted(expected, printed)).toBe(is);
});

test("what a page promises and does not get is said with its line; so is a command that fails", async () => {
  const wrong = page.replace("one\n…", "three").replace("echo hidden", "cat a.yaml.missing");
  const faults = await runPage(wrong);
  expect(faults).toEqual([
    expect.stringContaining("line 3 prints something else: echo one; echo two\none\ntwo"),
    expect.stringMatching(/^line 11 ended with 1: cat a.yaml.missing\n/),
  ]);
});
