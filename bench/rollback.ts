/** Back in a minute: what a rollback takes from the command to the end, of a Flow, a Build and a Variable; and a pause. */
import { defaultAccount } from "@support-line/local-twilio";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { percentile, type Measure, type Row } from "./harness/row.ts";
import { BenchStage, root, type Call, type StageFile } from "./harness/stage.ts";

const line = {
  name: "support",
  channel: "sms",
  address: "+15550100001",
  agents: ["ada"],
  proxies: ["+15550100001", "+15550100002", "+15550100003"],
};
const before: StageFile = {
  lines: [{ ...line, flow: "support" }],
  agents: [{ name: "ada", address: "+15550100101" }],
};
/** Another template runs other Functions: another Flow, another Build; and another agent. */
const after: StageFile = {
  lines: [{ ...line, flow: "desk" }],
  agents: [{ name: "ada", address: "+15550100102" }],
};

const latencyMs = 100;
const rounds = 3;
/** As long as somebody waits at three in the morning, in seconds. */
const longest = 15;

const verbs = [
  { what: "rollback", words: ["rollback", "local", "--yes"] },
  { what: "pause", words: ["pause", "local", "--text", "We are away."] },
  { what: "resume", words: ["resume", "local"] },
] as const;

export const measure: Measure = async (progress) => {
  const samples: { what: string; seconds: number; calls: readonly Call[] }[] = [];
  for (let round = 1; round <= rounds; round++) {
    const bench = await BenchStage.create();
    try {
      await bench.control("latency", "POST", { ms: latencyMs });
      for (const stage of [before, after]) {
        progress(`round ${round} of ${rounds}, deploying`);
        bench.configure(stage, defaultAccount.authToken);
        await bench.pulumi(["up", "--yes", "--skip-preview"]);
      }
      for (const { what, words } of verbs) {
        progress(`round ${round} of ${rounds}, ${what}`);
        await bench.calls();
        const begin = performance.now();
        await stageCommand(bench, words);
        samples.push({ what, seconds: (performance.now() - begin) / 1000, calls: await bench.calls() });
      }
    } finally {
      await bench.close();
    }
  }
  return verbs.flatMap(({ what }): Row[] => {
    const own = samples.filter((sample) => sample.what === what);
    const seconds = own.map((sample) => sample.seconds);
    const name = `${what}, ${latencyMs} ms latency`;
    return [
      { what: `${name}: time`, value: percentile(seconds, 0.5), unit: "s", atMost: longest },
      { what: `${name}: calls`, value: Math.max(...own.map(({ calls }) => calls.length)), unit: "calls" },
    ];
  });
};

/** `npm run stage -- …` on the stage. */
async function stageCommand(bench: BenchStage, words: readonly string[]): Promise<void> {
  const args = [join(root, "packages/cli/stage.ts"), ...words, "--config-file", bench.stageFile];
  const env = { ...process.env, ...bench.environment, TWILIO_AUTH_TOKEN: defaultAccount.authToken };
  await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1024 ** 2 });
}
