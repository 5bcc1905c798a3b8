/** What is asked of Functions and Assets that are deployed. */
import type { Seen } from "@support-line/local-twilio/proof";
import type { Asked } from "../../probe.ts";
import type { Deployed } from "../deployed.ts";

export interface Asks {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
  readonly ask: (functions: Deployed, asked: Asked) => Promise<Seen>;
}
