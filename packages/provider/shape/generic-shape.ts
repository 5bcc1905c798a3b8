import type { Field, Shape } from "./shape.ts";

/** What has no row yet: any place of Twilio's API that is created, read, changed and deleted as all of it is. */
export const genericToken = "twilio:index:Resource";

const field = (name: string, type: Field["type"], description: string, more: Partial<Field> = {}): Field => ({
  name,
  type,
  required: false,
  replaces: false,
  secret: false,
  description,
  ...more,
});

const inputs: readonly Field[] = [
  field(
    "url",
    { kind: "string" },
    "Where it is created with a POST, `https://studio.twilio.com/v2/Flows`. A change replaces the resource.",
    { required: true, replaces: true },
  ),
  field(
    "parameters",
    { kind: "json" },
    'What is sent, under Twilio\'s own names, `{FriendlyName: "a"}`; a list is sent as a repeated field.',
  ),
  field(
    "sendsJson",
    { kind: "boolean" },
    "Whether Twilio takes JSON there; absent: a form. A change replaces the resource.",
    { replaces: true },
  ),
];

export const genericShape: Shape = {
  token: genericToken,
  description:
    "Anything of Twilio's API that has no resource of its own here: created with a POST to a URL, then read, changed and deleted below it under its SID. Imported by the URL of the thing itself.",
  inputs,
  outputs: [
    ...inputs,
    field("sid", { kind: "string" }, "Its identifier at Twilio, which never changes.", { required: true }),
    field("response", { kind: "json" }, "All that Twilio last said of it, under Twilio's own names.", {
      required: true,
    }),
  ],
};
