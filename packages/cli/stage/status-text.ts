import { hurtText } from "../night/hurt.ts";
import type { StageStatus } from "./status.ts";

/** A status as people read it: short, aligned, the numbers of people left out. */
export function statusText(status: StageStatus, now: number): string {
  const { stage, accountSid, deployed, lines, drift, conversations, hurt } = status;
  const rows: [string, string][] = [
    ["stage", `${stage}, account ${accountSid.slice(0, 6)}…${accountSid.slice(-4)}`],
    [
      "deployed",
      [
        deployed.at ?? "at an unknown time",
        `commit ${deployed.commit?.slice(0, 9) ?? "unknown"}`,
        `Build ${deployed.buildSid ?? "none"}`,
        ...Object.entries(deployed.others ?? {}).map(([service, build]) => `Build ${build} of ${service}`),
      ].join(", "),
    ],
    ...(deployed.rolledBack === null
      ? []
      : [
          ["", `rolled back at ${deployed.rolledBack}; deployments stop until rollback ${stage} --clear`] as [
            string,
            string,
          ],
        ]),
    ...(deployed.paused.length === 0
      ? []
      : [["paused", `${deployed.paused.join(", ")}, until resume ${stage}`] as [string, string]]),
    ...lines.flatMap(
      ({ name, address, flowSid, revision, commitMessage, pairs, busy }): [string, string][] => [
        [`line ${name}`, `${address}, Flow ${flowSid} revision ${revision} (${commitMessage})`],
        ["", `${pairs - busy} of ${pairs} pairs of agent and number free`],
      ],
    ),
    [
      "talking",
      conversations.open === 0
        ? "nobody"
        : `${conversations.open} open Conversations, the oldest ${ago(conversations.oldest, now)}, ${conversations.waiting} waiting for an agent`,
    ],
    ["drift", drift.length === 0 ? "none in Flows" : drift.join("; ")],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const [first, ...rest] = rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
  return [first, hurtText(hurt), "", ...rest].join("\n");
}

function ago(at: string | null, now: number): string {
  const minutes = at === null ? 0 : Math.max(0, Math.round((now - Date.parse(at)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
}
