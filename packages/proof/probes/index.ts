/** All probes, in the order in which they are run. */
import type { Probe } from "../probe.ts";
import { functionsProbe } from "./functions/index.ts";
import { httpProbe } from "./http.ts";
import { conversationFlowProbe, numberFlowProbe } from "./messages/flows.ts";
import { optOutProbe } from "./messages/opt-out.ts";
import { mediaProbe, refusedTextsProbe, textsProbe } from "./messages/texts.ts";
import { numbersProbe } from "./numbers.ts";
import { restProbes } from "./rest/index.ts";
import { executionsProbe } from "./studio/executions.ts";
import { liquidProbe } from "./studio/liquid.ts";
import { predicatesProbe } from "./studio/predicates.ts";
import { validationProbe } from "./studio/validation.ts";
import { widgetsProbe } from "./studio/widgets.ts";
import { switchesProbe } from "./switches.ts";
import { timingProbe } from "./timing.ts";
import { conversationWebhooksProbe } from "./webhooks/conversations.ts";
import { taskWebhooksProbe } from "./webhooks/tasks.ts";

export const probes: readonly Probe[] = [
  httpProbe,
  ...restProbes,
  functionsProbe,
  validationProbe,
  liquidProbe,
  predicatesProbe,
  widgetsProbe,
  executionsProbe,
  conversationWebhooksProbe,
  taskWebhooksProbe,
  timingProbe,
  numbersProbe,
  switchesProbe,
  textsProbe,
  mediaProbe,
  refusedTextsProbe,
  numberFlowProbe,
  conversationFlowProbe,
  optOutProbe,
];
