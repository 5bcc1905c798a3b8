/** What the provider is told: every setting of the stage file, and what the stage itself knows. */
import * as twilio from "@pulumi/twilio";
import { StageError, twilioAddresses, type Stage } from "@support-line/stage";

/**
 * The arguments of the stage's own provider. A provider that a program makes is told nothing but what the program passes
 * on, so all of `twilio:…` goes along: also settings that a later version of the provider adds.
 *
 * @throws StageError when `twilio:accountSid` names another account than the stage
 */
export function providerSettings(stage: Stage): twilio.ProviderArgs {
  const settings: twilio.ProviderArgs = { ...twilio.config };
  const { accountSid = stage.accountSid, phoneNumbers = [] } = twilio.config;
  if (accountSid !== stage.accountSid) {
    const problem = `is not the account of the stage file, ${accountSid} (twilio:accountSid); take out twilio:accountSid`;
    throw new StageError(stage, [{ key: "accountSid", value: stage.accountSid, problem }]);
  }
  // The stage's account, and no other: credentials and numbers are checked before the first write.
  return {
    ...settings,
    accountSid,
    phoneNumbers: [...new Set([...twilioAddresses(stage), ...phoneNumbers])],
  };
}
