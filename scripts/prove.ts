/** `npm run prove -- dev`: asks the account of a stage, and says in what the local Twilio differs from it (docs/explanation/proof.md). */
import { ProofError, proveCommand, runProve } from "@support-line/proof";
import { openProject, ProjectError, projectFolder, StageError } from "@support-line/stage";

/** @throws ProofError `bad-use` when the credentials are of another account than the stage's */
function checkAccount(stageName: string): void {
  if (stageName === "local") return;
  const { accountSid } = openProject(projectFolder(process.cwd())).stage(stageName);
  if (process.env["TWILIO_ACCOUNT_SID"] === accountSid) return;
  const problem = `Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of ${accountSid}, the account of stage ${stageName}.`;
  throw new ProofError("bad-use", { problem });
}

const command = proveCommand("npm run prove --").hook("preAction", (_, { args: [stage = ""] }) => {
  try {
    checkAccount(stage);
  } catch (error) {
    const isFault = error instanceof StageError || error instanceof ProjectError;
    throw isFault ? new ProofError("bad-use", { problem: error.message }) : error;
  }
});

await runProve(command, process.argv.slice(2));
