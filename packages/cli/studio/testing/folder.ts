/** A folder of files for one test, gone after it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** Writes files by name, and answers where; what is no text is written as JSON. */
export function folderOf(files: Readonly<Record<string, unknown>> = {}): (name?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "studio-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return (name = "") => join(folder, name);
}

/** Where a file of the checkout is, in which tests run. */
export function ofProject(path: string): string {
  return resolve(path);
}

/** A Flow of one message. */
export function small(body = "hello", offset = 0) {
  return {
    description: "small",
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingMessage", next: "hi" }],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: "hi",
        type: "send-message",
        transitions: [{ event: "sent" }, { event: "failed" }],
        properties: { body, offset: { x: offset, y: 200 } },
      },
    ],
  };
}
