/** Flows, https://www.twilio.com/docs/studio/rest-api/v2/flow: every save is a revision, a draft or published. */
import { TwilioError } from "../errors.ts";
import { number } from "../fields.ts";
import type { Behaviour, Body, Call, StoredObject } from "../product.ts";
import { checkDefinition, refuseUnreadable, withEngine } from "./definition.ts";
import { insertRevision } from "./revisions.ts";
import { dropRuns } from "./runs.ts";
import { tokens } from "./tokens.ts";

export const flow: Behaviour = {
  before: withEngine,
  refuse: ({ parameter, message }) => (parameter === "Definition" ? refuseUnreadable(message) : undefined),
  create(call, draft) {
    return saved(
      call,
      { ...draft.body, webhook_url: webhookUrl(call.accountSid, draft.sid), date_updated: null },
      1,
      null,
    );
  },
  created: (call, object) => keep(call, object),
  update(call, current, draft) {
    const published = current.hidden["published"];
    const revision = number(current.body, "revision") + 1;
    const commitMessage = call.input["CommitMessage"] ?? null;
    return saved(
      call,
      { ...draft, commit_message: commitMessage },
      revision,
      typeof published === "number" ? published : null,
    );
  },
  updated: (call, _, after) => keep(call, after),
  deleted: ({ twilio }, object) => dropRuns(twilio, object.sid),
  list: (_, objects) =>
    objects
      .map((one) => ({
        ...one,
        body: { ...one.body, definition: null, valid: null, errors: null, warnings: null },
      }))
      .reverse(),
};

/** Answers `{valid: true}` or refuses as a save would, https://www.twilio.com/docs/studio/rest-api/v2/flow-validate */
export const flowValidate: Behaviour = {
  before: withEngine,
  refuse: ({ parameter, message }) => (parameter === "Definition" ? refuseUnreadable(message) : undefined),
  instead: {
    update(call) {
      refuseEmptyCommitMessage(call);
      checkDefinition(call.input["Definition"]);
      return { body: { valid: true } };
    },
  },
};

/** Addresses that run the latest draft, https://www.twilio.com/docs/studio/rest-api/v2/test-user */
export const flowTestUser: Behaviour = {
  initial: (call) => ({ sid: call.path["Sid"] ?? null, test_users: [] }),
};

/** The webhook URL of a Flow, https://www.twilio.com/docs/studio/widget-library/trigger-start */
function webhookUrl(accountSid: string, flowSid: string): string {
  return `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`;
}

function saved(
  call: Call,
  draft: Body,
  revision: number,
  published: number | null,
): { body: Body; hidden: Body } {
  refuseEmptyCommitMessage(call);
  const warnings = checkDefinition(draft["definition"]);
  return {
    body: { ...draft, revision, valid: true, errors: [], warnings },
    hidden: { published: draft["status"] === "published" ? revision : published },
  };
}

function keep({ twilio }: Call, { sid, body }: StoredObject): void {
  insertRevision(twilio, body);
  twilio.events.append("deployment.flowSaved", sid, null, {
    revision: body["revision"] ?? null,
    status: body["status"] ?? null,
  });
}

/** An empty message is refused where none at all is not; seen by those who keep Flows as code. */
function refuseEmptyCommitMessage({ input }: Call): void {
  if (input["CommitMessage"] === "") {
    throw new TwilioError(20001, {
      reason: "CommitMessage must not be empty: leave it out or say what changed",
    });
  }
}

/** Whether an address is a test user of a Flow. */
export function isTestUser(twilio: Call["twilio"], flowSid: string, address: string): boolean {
  const users = twilio.store.find(tokens.testUser, flowSid)?.body["test_users"];
  return Array.isArray(users) && users.includes(address);
}
