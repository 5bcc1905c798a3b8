/** Task channels, https://www.twilio.com/docs/taskrouter/api/task-channel: each Worker has a part in each. */
import type { Behaviour } from "../product.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";
import { addWorkerChannel } from "./worker-channel.ts";

export const taskChannel: Behaviour = {
  created({ twilio }, channel) {
    for (const worker of twilio.store.list(tokens.worker, { WorkspaceSid: workspaceOf(channel) })) {
      addWorkerChannel(twilio, worker, channel);
    }
  },
};
