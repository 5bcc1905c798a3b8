/** In what an account is known to differ from the local Twilio that a conversation is played on. */
import type { Difference } from "@support-line/local-twilio/proof";

/** A difference in a sentence: what was asked, and in what the answers differ. */
export function differenceText({ id, asks, fields }: Difference): string {
  const [first] = fields;
  const more = fields.length > 1 ? `, and ${fields.length - 1} more` : "";
  const where = first === undefined || first.path === "" ? "" : `${first.path}: `;
  const said = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  const what = first === undefined ? "" : `: ${where}there ${said(first.twilio)}, here ${said(first.local)}`;
  return `differs here (${id}, ${asks})${what}${more}`;
}
