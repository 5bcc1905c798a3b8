/** What the console reads beyond the other routes, docs/reference/control-api.md. */
import type { Context, Hono } from "hono";
import { isoSecondsOf } from "../../calendar.ts";
import { ControlError } from "../errors.ts";
import { readBody } from "../read-body.ts";
import type { ControlParts } from "../parts.ts";
import { conversationNow, conversationsNow } from "./conversations.ts";
import { executionsNow } from "./executions.ts";
import { changesBetween, picture, revisionsOf } from "./flows.ts";
import { invocationsNow } from "./invocations.ts";
import { historyOf } from "./history.ts";
import { keepNames, namesNow } from "./names.ts";
import { notesOf } from "./notes.ts";
import { findMedia, keepMedia, mostMediaBytes } from "./media.ts";
import { stepOfMessage } from "./message-step.ts";
import { pathOf, stepOf } from "./path.ts";
import { snapshot } from "./snapshot.ts";
import { stageNow } from "./stage.ts";
import { standingNow } from "./standing.ts";
import { tasksNow } from "./tasks.ts";

/** Adds the routes. */
export function addConsoleRoutes(app: Hono, parts: ControlParts): void {
  const { twilio } = parts;
  app.get("/snapshot", (context) => context.json(snapshot(parts)));
  app.get("/names", (context) => context.json(namesNow(twilio)));
  app.post("/names", async (context) => {
    keepNames(twilio, await readBody(context, "names"));
    return context.json(namesNow(twilio));
  });
  app.get("/stage", (context) => context.json(stageNow(parts)));
  app.get("/standing", (context) => context.json(standingNow(parts)));
  app.get("/tasks", (context) => context.json({ workspaces: tasksNow(twilio) }));

  app.get("/conversations", (context) =>
    context.json({ conversations: conversationsNow(twilio, limitOf(context)) }),
  );
  app.get("/conversations/:sid", (context) => {
    const sid = context.req.param("sid");
    return context.json(found(conversationNow(twilio, sid), `Conversation ${sid}`));
  });

  app.get("/conversations/:sid/history", (context) =>
    context.json({ events: historyOf(twilio, context.req.param("sid")) }),
  );

  app.get("/executions", (context) => {
    const { before, conversation: conversationSid, find } = context.req.query();
    return context.json({
      executions: executionsNow(twilio, {
        limit: limitOf(context),
        before,
        conversationSid,
        find,
        status: statusOf(context),
        since: timeOf(context, "since"),
        until: timeOf(context, "until"),
      }),
    });
  });
  app.get("/executions/:sid", (context) => {
    const sid = context.req.param("sid");
    return context.json(found(executionsNow(twilio, { limit: 1, sid })[0], `Execution ${sid}`));
  });
  app.get("/executions/:sid/path", (context) => {
    const sid = context.req.param("sid");
    found(executionsNow(twilio, { limit: 1, sid })[0], `Execution ${sid}`);
    return context.json({ steps: pathOf(twilio, sid), notes: notesOf(twilio, sid) });
  });
  app.get("/executions/:sid/steps/:step", (context) => {
    const { sid, step } = context.req.param();
    return context.json(found(stepOf(twilio, sid, step), `step ${step}`));
  });
  app.get("/messages/:sid/step", (context) =>
    context.json({ step: stepOfMessage(twilio, context.req.param("sid")) }),
  );

  app.get("/flows/:sid/revisions", (context) =>
    context.json({ revisions: revisionsOf(twilio, context.req.param("sid")) }),
  );
  app.get("/flows/:sid/revisions/:revision", async (context) => {
    const { sid, revision } = context.req.param();
    const drawn = await picture(twilio, sid, Number(revision));
    return context.json(found(drawn, `revision ${revision} of Flow ${sid}`));
  });
  app.get("/flows/:sid/revisions/:revision/changes", async (context) => {
    const { sid, revision } = context.req.param();
    const since = Number(context.req.query("since") ?? Number(revision) - 1);
    const changes = await changesBetween(twilio, sid, since, Number(revision));
    return context.json({ changes: found(changes, `revision ${since} or ${revision} of Flow ${sid}`) });
  });

  app.get("/invocations", (context) =>
    context.json({ invocations: invocationsNow(twilio, limitOf(context), context.req.query("execution")) }),
  );
  app.post("/media", async (context) => {
    const content = new Uint8Array(await context.req.arrayBuffer());
    if (content.length === 0 || content.length > mostMediaBytes) {
      throw new ControlError("invalid_body", "media: a file has between 1 byte and 5 MB");
    }
    return context.json(keepMedia(twilio, context.req.header("content-type") ?? "", content), 201);
  });
  app.get("/media/:sid", (context) => {
    const sid = context.req.param("sid");
    const { type, content } = found(findMedia(twilio, sid), `file ${sid}`);
    return context.body(content, 200, {
      "content-type": type,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, max-age=31536000, immutable",
    });
  });
}

function limitOf(context: Context): number {
  const asked = Number(context.req.query("limit") ?? 100);
  if (Number.isInteger(asked) && asked >= 1 && asked <= 2000) return asked;
  throw new ControlError("invalid_query", "limit: a whole number from 1 to 2000");
}

function statusOf(context: Context): "failed" | "active" | undefined {
  const status = context.req.query("status");
  if (status === undefined || status === "failed" || status === "active") return status;
  throw new ControlError("invalid_query", "status: failed or active");
}

/** A time as Executions keep it, in whole seconds. */
function timeOf(context: Context, name: string): string | undefined {
  const asked = context.req.query(name);
  if (asked === undefined) return undefined;
  const time = Date.parse(asked);
  if (Number.isNaN(time)) throw new ControlError("invalid_query", `${name}: a time, 2026-12-01T14:00:00Z`);
  return isoSecondsOf(time);
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new ControlError("not_found", `there is no ${what} (any more)`);
  return thing;
}
