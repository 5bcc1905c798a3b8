/** TwiML as the answer to an inbound message, https://www.twilio.com/docs/messaging/twiml: Message and Redirect. */
import { XMLParser, XMLValidator } from "fast-xml-parser";

export type TwimlVerb =
  | {
      readonly verb: "message";
      readonly to: string | null;
      readonly from: string | null;
      readonly body: string;
      readonly media: readonly string[];
    }
  | { readonly verb: "redirect"; readonly url: string; readonly method: "GET" | "POST" };

/** A document that is no TwiML; Twilio's code for it is 12100. */
export class TwimlError extends Error {}

const attributes = ":@";
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  processEntities: true,
});

/** Reads the verbs of a TwiML document in order. Throws `TwimlError` for what is no TwiML; verbs of voice are passed over. */
export function parseTwiml(document: string): TwimlVerb[] {
  const valid = XMLValidator.validate(document);
  if (valid !== true) throw new TwimlError(`the TwiML cannot be parsed: ${valid.err.msg}`);
  const nodes = children(parser.parse(document));
  const response = nodes.find((node) => nameOf(node) === "Response");
  if (!response) throw new TwimlError("the TwiML has no <Response>");
  return children(response["Response"]).flatMap(toVerb);
}

type Node = Readonly<Record<string, unknown>>;

function children(value: unknown): Node[] {
  return Array.isArray(value)
    ? value.filter((node): node is Node => typeof node === "object" && node !== null)
    : [];
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== attributes) ?? "";
}

function toVerb(node: Node): TwimlVerb[] {
  const name = nameOf(node);
  const inner = children(node[name]);
  if (name === "Message" || name === "Sms") {
    const bodies = inner.filter((child) => nameOf(child) === "Body");
    const texts =
      bodies.length > 0 ? bodies.map((child) => textOf(children(child["Body"]))) : [textOf(inner)];
    const media = inner
      .filter((child) => nameOf(child) === "Media")
      .map((child) => textOf(children(child["Media"])));
    return [
      {
        verb: "message",
        to: attribute(node, "to"),
        from: attribute(node, "from"),
        body: texts.join("\n"),
        media,
      },
    ];
  }
  if (name === "Redirect") {
    return [
      { verb: "redirect", url: textOf(inner), method: attribute(node, "method") === "GET" ? "GET" : "POST" },
    ];
  }
  return [];
}

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (typeof node["#text"] === "string" ? node["#text"] : ""))
    .join("")
    .trim();
}

function attribute(node: Node, name: string): string | null {
  const all = node[attributes];
  const value: unknown = typeof all === "object" && all !== null ? Reflect.get(all, name) : undefined;
  return typeof value === "string" ? value : null;
}
