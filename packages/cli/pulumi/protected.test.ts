import { expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";
import { destroysAll } from "./destroys-all.ts";
import { protectedIn } from "./protected.ts";

const all = (text: string) => {
  const args = text.split(" ");
  return destroysAll(readCommandLine(args), args);
};

test.each(["destroy", "destroy --yes --skip-preview -s prod", "down -s prod", "-s prod destroy"])(
  "%s deletes a whole stage",
  (text) => expect(all(text)).toBe(true),
);

test.each([
  "up",
  "destroy --help",
  "destroy --exclude-protected",
  "destroy --preview-only",
  "destroy --target urn:pulumi:prod::line::a:b:C::d",
  "destroy -t urn:pulumi:prod::line::a:b:C::d",
])("%s does not", (text) => expect(all(text)).toBe(false));

test("what is protected is named by type and name", () => {
  const urn = (type: string, name: string) => `urn:pulumi:prod::support-line::${type}::${name}`;
  const resources = [
    { urn: urn("pulumi:pulumi:Stack", "support-line-prod") },
    { urn: urn("support-line:index:LineFlow$twilio:studio:Flow", "support"), protect: true },
    { urn: urn("twilio:conversations:Service", "conversations"), protect: true },
  ];
  expect(protectedIn(JSON.stringify({ deployment: { resources } }))).toEqual([
    "twilio:studio:Flow support",
    "twilio:conversations:Service conversations",
  ]);
  expect(protectedIn(JSON.stringify({ deployment: null }))).toEqual([]);
});
