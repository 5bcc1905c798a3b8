/** Twilio's codes in the words of somebody who has to do something about them. */

const explained: Readonly<Record<number, string>> = {
  81000:
    "An Execution may take 1,000 steps. This one took them all and was ended: look for widgets that lead back to one another.",
  81001:
    "A widget ran ten times in a row, and Studio ended the Execution. Lead its way out somewhere else, or let it wait for a reply.",
  81002:
    "Something happened that the current widget does not wait for, a message while a Function runs for example. Studio ignores it: nothing is kept for later.",
  81005: "None of the branches fits and noMatch leads nowhere, so the Flow ends here. Give noMatch a widget.",
  81010: "The Function failed. Its error stands under Functions.",
  81011: "The message was refused. The reason is Twilio's; often the sender or the recipient cannot be used.",
  81014: "A parameter of the request cannot be used.",
  81016: "The request did not come to a good answer, so the widget is left by failed.",
  81017: "The Function answered with an error status, so the widget is left by fail.",
  81018:
    "A Liquid template could not be rendered as it stands. The Execution goes on with what is left of it: check names, filters and braces.",
  81020: "The Flow was started in a way that this widget cannot work with.",
  81025: "The Flow has nearly as many widgets as Studio takes.",
  21610: "The recipient wrote STOP. Nothing reaches them from this number until they write START.",
  30003: "The phone cannot be reached.",
  30005: "There is no such number.",
  30006: "The number cannot receive texts.",
  30007: "The carrier took the message for spam.",
  30008: "The carrier does not say why.",
};

/** What a code means; empty when the message itself has to do. */
export function codeExplained(code: number): string {
  return explained[code] ?? "";
}

/** Why a message did not arrive. */
export function errorSaid(code: number | null, status: string): string {
  if (code === null) return status;
  return `${code}: ${explained[code] ?? status}`;
}
