/** The state of a stage that was never deployed: as much of it as the commands read before they ask anybody. */
const stack = "urn:pulumi:local::support-line::pulumi:pulumi:Stack::support-line-local";
const flow = (name: string) => `urn:pulumi:local::support-line::twilio:studio:Flow::${name}`;
const provider = "urn:pulumi:local::support-line::pulumi:providers:twilio::default";
const flowSid = (digit: number) => `FW${String(digit).repeat(32)}`;

const definition = {
  description: "A Flow",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: { Trigger: { type: "trigger", properties: {}, transitions: [{ event: "incomingMessage" }] } },
};

const deployment = (revision: number) => ({
  commit: null,
  at: `2026-01-0${revision}T00:00:00.000Z`,
  flows: { support: { sid: flowSid(1), revision }, other: { sid: flowSid(2), revision } },
  buildSid: "",
  variables: {},
});

/** Line `support` answers, line `other` is paused; two deployments are remembered. */
const memory = {
  deployments: [deployment(1), deployment(2)],
  rolledBack: null,
  paused: { other: { at: "2026-01-03T00:00:00.000Z", revision: 2, definition: {} } },
};

/** @param endpoint where its Twilio is */
export function stageState(endpoint: string): object {
  const lines = ["support", "other"].map((name, index) => ({
    name,
    address: `+1555010000${index + 1}`,
    flowSid: flowSid(index + 1),
  }));
  const outputs = {
    functionsDomain: "line-1234-local.twil.io",
    conversationsServiceSid: `IS${"1".repeat(32)}`,
    endpoint,
    lines,
  };
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.250.0" },
      resources: [
        { urn: stack, custom: false, type: "pulumi:pulumi:Stack", outputs },
        {
          urn: "urn:pulumi:local::support-line::support-line:index:Memory::memory",
          custom: false,
          type: "support-line:index:Memory",
          parent: stack,
          outputs: { remembered: JSON.stringify(memory) },
        },
        { urn: provider, custom: true, id: "1", type: "pulumi:providers:twilio", parent: stack },
        ...lines.map((line) => ({
          urn: flow(line.name),
          custom: true,
          id: line.flowSid,
          type: "twilio:studio:Flow",
          provider: `${provider}::1`,
          parent: stack,
          inputs: { definition },
          outputs: { sid: line.flowSid, revision: 2, definition },
        })),
      ],
    },
  };
}
