/** The products of this local Twilio, one line each; a folder that exports a `Product` is registered here. */
import { accounts } from "./accounts/index.ts";
import { api } from "./api/index.ts";
import { carrier } from "./carrier/index.ts";
import { content } from "./content/index.ts";
import { conversations } from "./conversations/index.ts";
import { flex } from "./flex/index.ts";
import { lookups } from "./lookups/index.ts";
import { media } from "./media/index.ts";
import { memory } from "./memory/index.ts";
import { messaging } from "./messaging/index.ts";
import { monitor } from "./monitor/index.ts";
import type { Product } from "./product.ts";
import { serverless } from "./serverless/index.ts";
import { studio } from "./studio/index.ts";
import { sync } from "./sync/index.ts";
import { taskrouter } from "./taskrouter/index.ts";
import { trunking } from "./trunking/index.ts";
import { verify } from "./verify/index.ts";
import { voice } from "./voice/index.ts";

export const products = {
  accounts,
  api,
  carrier,
  content,
  conversations,
  flex,
  lookups,
  media,
  memory,
  messaging,
  monitor,
  serverless,
  studio,
  sync,
  taskrouter,
  trunking,
  verify,
  voice,
} as const satisfies Record<string, Product>;
