/** What a list, a log or a tree may show of a value: secrets as dots, numbers of people by their last four digits. */
import { masked } from "../state/people.ts";

const secretName =
  /token|secret|password|passphrase|api_?key|authorization|private_?key|signature|credential/i;
const most = 2000;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A value by its name, as text. */
export function shownValue(name: string, value: unknown): string {
  if (isSecretName(name) && value !== null && value !== "") return "••••••";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined) return "undefined";
  if (text === "") return '""';
  const cut =
    text.length > most ? `${text.slice(0, most)}… (${text.length.toLocaleString("en")} characters)` : text;
  return masked(cut);
}
