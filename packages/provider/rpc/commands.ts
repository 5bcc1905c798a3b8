/** Commands that take a stack; what else a message names in this way is no command of a stack. */
const ofStacks = new Set(["cancel", "config", "destroy", "import", "preview", "refresh", "up"]);

/** A command in a message: in backquotes, with the variables that it is given. */
const command = /`((?:[A-Z_]+=\S+ )*)pulumi ([^\s`]+)([^`]*)`/g;

/**
 * Commands in a message as they can be typed: for the stack that it is about, by the name that the person calls Pulumi by.
 *
 * @param urn of a resource of the stack; empty when the message is about none
 * @param cli what calls Pulumi here: a project's own wrapper says so in PULUMI_TWILIO_CLI
 */
export function withCommands(
  message: string,
  urn: string,
  cli: string = process.env["PULUMI_TWILIO_CLI"] ?? "pulumi",
): string {
  const [, stack = ""] = /^urn:pulumi:(.*?)::/.exec(urn) ?? [];
  return message.replace(command, (_, variables: string, verb: string, rest: string) => {
    const isNamed = stack === "" || !ofStacks.has(verb) || / (-s|--stack)\b/.test(rest);
    return `\`${variables}${cli} ${verb}${rest}${isNamed ? "" : ` -s ${stack}`}\``;
  });
}
