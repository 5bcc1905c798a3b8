import { bare, known, type Rule } from "../rule.ts";

/** What a Function that acts on conversations or sends messages has in its code. */
const acts = /\bconversations\b|\bmessages\b\s*\.\s*create|\bparticipants\b/;

export const protectedFunctions: Rule = {
  name: "functions-that-act-are-protected",
  description:
    "A public Function can be called by anybody who knows its address; one that acts on conversations could be used by anybody to add phones to them, or to send texts on your bill.",
  async ofResource({ type, name, props }) {
    if (type !== "twilio:serverless:Function" || known(props, "visibility") !== "public") return [];
    if (!acts.test(await codeOf(known(props, "content")))) return [];
    return [
      `The Function ${name} is public and acts on conversations or messages. Name its file ${name}.protected.ts (or .js), so that it answers signed requests alone.`,
    ];
  },
};

/** The code of a string asset, which Pulumi keeps as a promise. */
async function codeOf(content: unknown): Promise<string> {
  const { text } = { ...(bare(content) as { readonly text?: unknown } | undefined) };
  const code: unknown = await text;
  return typeof code === "string" ? code : "";
}
