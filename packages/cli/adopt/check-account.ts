/** What answers a stage's numbers at Twilio, beside or instead of the stage. Only reads. */
import type { Project, Stage } from "@support-line/stage";
import { openAccount, reading } from "./account.ts";
import { readAnswering } from "./entries.ts";
import { existingFile } from "./existing-file.ts";
import { ownAnswers } from "./which-line.ts";

/**
 * Asks the stage's account, with the credentials of the environment.
 *
 * @throws CliError when the account does not open
 */
export async function accountFaults(project: Project, stage: Stage): Promise<string[]> {
  const endpoint = existingFile(project, stage.name).config["twilio:endpoint"];
  const account = openAccount(stage.name, typeof endpoint === "string" ? endpoint : "", stage.accountSid);
  const { configurations, numbers } = await reading(account, () => readAnswering(account));
  return stage.lines.flatMap(({ name, address }) => {
    const configuration = configurations.find((each) => each.address === address);
    const number = numbers.find((each) => each.address === address);
    if (stage.adopted?.lines[name]?.answeredBy === "webhook") {
      return configuration === undefined
        ? []
        : [
            `line ${name}: address configuration ${configuration.sid} opens Conversations for ${address} beside the number's own webhook, and customers are answered twice; delete it`,
          ];
    }
    const answers = number === undefined ? [] : ownAnswers(stage.accountSid, number);
    return answers.map(
      (answer) =>
        `line ${name}: ${answer}, beside the Conversations that Twilio opens for ${address}, so customers get two answers; empty it`,
    );
  });
}
