/** Every key of a stage file does something that people notice, and a conversation here shows it. */
import { conversationsOn } from "@support-line/conversation-test";
import { expect, inject, test } from "vitest";
import { z } from "zod";
import { openProject, readStage, stageSchema } from "@support-line/stage";
import { conversations } from "./conversations.ts";
import { day, flexHour } from "./day.ts";
import { flexConversations, withFlex } from "./flex.ts";
import { everyKey, monday, people } from "./stage.ts";
import { lineOnEngine } from "./stage-on-engine.ts";

/** Keys that no conversation can show, and where they are shown instead. */
const elsewhere: Readonly<Record<string, string>> = {
  "alerts.address": "e2e/deploy.long.test.ts: a stage with alerts has a sink and its subscription",
  "elsewhere[].exported": "packages/stage/templates/line-bindings.test.ts: what differs on a stage",
  "elsewhere[].is": "e2e/florist.test.ts: a courier's Function, and a subflow",
  "elsewhere[].name": "for people; no conversation has it",
  secrets: "e2e/florist.test.ts: a Variable that is kept encrypted",
  variables: "e2e/florist.long.test.ts: the shop is shut by a Variable",
  "wordings.paused": "e2e/rollback.long.test.ts: a line is paused by a command",
  accountSid: "e2e/deploy.long.test.ts: credentials of another account are refused",
  "lines[].conversations":
    "e2e/open-conversation.long.test.ts: a Conversation that is there before anybody writes",
  "flex.afterCompletion": "e2e/flex/flex.long.test.ts: agents are not on phones there",
  "flex.workers": "e2e/flex/flex.long.test.ts: agents are not on phones there",
  "flex.conversationsServiceSid": "e2e/flex/flex.long.test.ts: whose Service it is, nobody notices",
};

/** Every key of the schema, to the last branch. */
function keysOf(schema: z.core.JSONSchema.BaseSchema, place = ""): string[] {
  if (schema.items !== undefined && !Array.isArray(schema.items) && typeof schema.items === "object") {
    return keysOf(schema.items, `${place}[]`);
  }
  const properties = Object.entries(schema.properties ?? {});
  // Days of the week, and the texts of another language, are one subject.
  if (properties.length === 0 || ["hours[].week", "languages[].wordings"].includes(place)) {
    return [place.replace(/\[\]$/, "")];
  }
  return properties.flatMap(([key, each]) =>
    typeof each === "object" ? keysOf(each, place === "" ? key : `${place}.${key}`) : [],
  );
}

test("each key of a stage file is shown by a conversation", () => {
  const keys = keysOf(z.toJSONSchema(stageSchema, { io: "input", unrepresentable: "any" }));
  const shown = new Set([
    ...[...conversations, ...flexConversations].flatMap((each) => each.keys),
    ...Object.keys(elsewhere),
  ]);
  expect([...shown].sort()).toEqual([...new Set(keys)].sort());
});

const project = openProject(inject("project"));

async function on(values: Readonly<Record<string, unknown>>) {
  const stage = readStage(project.name, "local", values);
  const [line] = stage.lines;
  if (line === undefined) throw new Error("the stage has no line");
  return conversationsOn(await lineOnEngine(project, stage, line, { people, now: monday }));
}
const conversation = await on(everyKey(monday));
for (const { name, script } of conversations) conversation(name, script);
conversation("a day from opening to the next morning", day);

const atFlex = await on(withFlex(monday));
for (const { name, script } of flexConversations) atFlex(name, script);
atFlex("an hour in which nobody takes the Task", flexHour);
