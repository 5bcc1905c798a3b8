/** What Send Message and Send & Wait For Reply share: the message, and what becomes of it. */
import { z } from "zod";
import type { EngineEvent, JsonObject } from "../types.ts";
import type { Request, Run } from "../widget.ts";

export const messageProperties = {
  from: z.string().optional(),
  to: z.string().optional(),
  body: z.string().optional(),
  media_url: z.string().optional(),
  service: z.string().optional(),
  channel: z.string().optional(),
  attributes: z.string().optional(),
  message_type: z.enum(["custom", "content_template"]).optional(),
  content_sid: z.string().optional(),
  content_template_sid: z.string().optional(),
  // Twilio's link shortening: a link stays as it is here.
  shorten_urls: z.boolean().optional(),
  content_variables: z.array(z.looseObject({ key: z.string(), value: z.string() })).optional(),
};

const content = z.object({ content_variables: z.array(z.object({ key: z.string(), value: z.string() })) });

/** The message of a widget, rendered. Without `from` and `to` it goes the way the conversation came. */
export function messageOf(run: Run): Request {
  const optional = (property: string) =>
    typeof run.properties[property] === "string" ? run.text(property) : "";
  const mediaUrl = optional("media_url");
  const attributes = optional("attributes");
  // Which of the two kinds is meant stands in a property of its own; older definitions have the template alone.
  const isCustom = run.properties.message_type === "custom";
  const contentSid = isCustom
    ? ""
    : optional("content_sid").trim() || optional("content_template_sid").trim();
  return {
    type: "sendMessage",
    from: addressOf(run, "from", "{{flow.channel.address}}"),
    to: addressOf(run, "to", "{{contact.channel.address}}"),
    body: run.text("body"),
    ...(mediaUrl === "" ? {} : { mediaUrl }),
    ...(attributes === "" ? {} : { attributes }),
    ...(contentSid === "" ? {} : { contentSid, contentVariables: contentVariables(run) }),
  };
}

function addressOf(run: Run, property: string, usual: string): string {
  const given = run.properties[property];
  return run.render(property, typeof given === "string" && given !== "" ? given : usual);
}

/** By the number of the variable: Studio writes `{{1}}` for a key, Content Variables have `1`. */
function contentVariables(run: Run): Record<string, string> {
  const { data } = content.safeParse(run.properties);
  return Object.fromEntries(
    (data?.content_variables ?? []).map(({ key, value }) => [
      key.replace(/[{}]/g, "").trim(),
      run.render(`content_variables.${key}`, value),
    ]),
  );
}

/** What a message leaves under `outbound`: the Message as Twilio answered, or why it refused. Null: no such event. */
export function outboundOf(run: Run, event: EngineEvent): { outbound: JsonObject; sent: boolean } | null {
  if (event.type === "messageSent") return { outbound: event.message, sent: true };
  if (event.type !== "messageFailed") return null;
  run.warn(81011, `The message of ${run.state.name} was refused: ${event.error.message}`);
  return { outbound: { ErrorCode: event.error.code, ErrorMessage: event.error.message }, sent: false };
}

/** In a drawing: that a content template is sent, which is what the customer reads; empty without one. */
export function templateShown(text: (property: string) => string): string {
  return text("content_sid") || text("content_template_sid") ? "a content template" : "";
}
