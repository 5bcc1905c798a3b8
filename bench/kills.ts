/** A local Twilio that is killed 100 times in the middle of its work: what it acknowledged is there when it comes up again. */
import { playKills } from "../packages/local-twilio/testing/kills.ts";
import type { Measure } from "./harness/row.ts";

const seed = 20_261_201;
const kills = 100;

export const measure: Measure = async (progress) => {
  const { acknowledged, lost, orphans, functions } = await playKills(seed, kills, progress);
  for (const each of [...lost, ...orphans]) console.error(`\n${each}`);
  const { before, during, after } = functions;
  return [
    { what: `kills (seed ${seed})`, value: kills, unit: "" },
    { what: "messages acknowledged", value: acknowledged, unit: "" },
    { what: "messages acknowledged and lost", value: lost.length, unit: "", atMost: 0 },
    { what: "Functions that were done before the kill", value: before, unit: "" },
    { what: "Functions that ran when the kill came", value: during, unit: "" },
    { what: "Functions that had sent, and ended after the kill", value: after, unit: "" },
    { what: "processes of Functions that outlived the server", value: orphans.length, unit: "", atMost: 0 },
  ];
};
