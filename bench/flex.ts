/**
 * 1,000 Conversations at Flex whose Tasks end in every way, with event callbacks lost, repeated and reordered: none left
 * open once the timers have run, none closed while somebody waits.
 */
import { defaultAccount } from "@support-line/local-twilio";
import { z } from "zod";
import { endingsStage, playEndings } from "../e2e/flex/endings.ts";
import { foreignClient } from "../e2e/foreign-client.ts";
import { randomNumbers } from "../e2e/random.ts";
import type { Measure } from "./harness/row.ts";
import { BenchStage } from "./harness/stage.ts";

const customers = 1000;
const seed = 20261123;

export const measure: Measure = async (progress) => {
  const bench = await BenchStage.create();
  try {
    progress("deploying");
    bench.configure(endingsStage, defaultAccount.authToken);
    await bench.pulumi(["up", "--yes", "--skip-preview"]);
    const { caCertificate } = z.object({ caCertificate: z.string() }).parse(await bench.control("status"));
    const { endpoint } = bench;
    const client = foreignClient({ ...defaultAccount, endpoint, caCertificate });
    const begin = performance.now();
    const result = await playEndings({ client, endpoint }, customers, randomNumbers(seed), progress);
    const seconds = (performance.now() - begin) / 1000;
    const { lost, twice, later, came } = result.callbacks;
    return [
      { what: `Conversations (seed ${seed})`, value: result.conversations, unit: "" },
      { what: "closed while somebody waits", value: result.closedWhileWaiting, unit: "", atMost: 0 },
      { what: "left open once the timers have run", value: result.leftOpen, unit: "", atMost: 0 },
      ...["accepted", "completed", "parked", "rejected", "canceled", "deleted", "closed"].map((way) => ({
        what: `Tasks ${way}`,
        value: result.endings[way] ?? 0,
        unit: "" as const,
      })),
      { what: "event callbacks", value: came, unit: "" },
      { what: "lost", value: lost, unit: "" },
      { what: "come twice", value: twice, unit: "" },
      { what: "come late", value: later, unit: "" },
      { what: "until everything was over", value: seconds, unit: "s" },
    ];
  } finally {
    await bench.close();
  }
};
