/** 500 customers at once on 20 agents and 5 proxies: no pair used twice, nobody idle while somebody waits. */
import { defaultAccount } from "@support-line/local-twilio";
import { crowdStage, playCrowd } from "../e2e/crowd/crowd.ts";
import { randomNumbers } from "../e2e/random.ts";
import type { Measure } from "./harness/row.ts";
import { BenchStage } from "./harness/stage.ts";

const size = { customers: 500, agents: 20, proxies: 5 };
const seed = 20261123;

export const measure: Measure = async (progress) => {
  const bench = await BenchStage.create();
  try {
    progress("deploying");
    bench.configure(crowdStage(size), defaultAccount.authToken);
    await bench.pulumi(["up", "--yes", "--skip-preview"]);
    const begin = performance.now();
    const result = await playCrowd(bench.endpoint, size, randomNumbers(seed), progress);
    const seconds = (performance.now() - begin) / 1000;
    return [
      { what: `customers served (seed ${seed})`, value: result.served, unit: "" },
      { what: "pairs in two Conversations at one time", value: result.twice, unit: "", atMost: 0 },
      {
        what: "an agent's number idle while somebody waits",
        value: result.idleWhileWaiting,
        unit: "",
        atMost: 0,
      },
      { what: "pairs in use at one time, at most", value: result.mostAtOnce, unit: "" },
      { what: "until everybody was served", value: seconds, unit: "s" },
    ];
  } finally {
    await bench.close();
  }
};
