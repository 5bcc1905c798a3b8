/** A florist's project with nothing but a Flow that was drawn in Studio's editor, and the Function that it runs. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ProjectCopy } from "../project-copy.ts";

const host = "https://petals-4821-dev.twil.io";
const sid = (prefix: string) => prefix + "3".repeat(32);
const message = { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}" };

/** As the editor exports it: one question, and what became of an order. */
export const exported = {
  description: "Petals",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [
        { event: "incomingMessage" },
        { event: "incomingCall" },
        { event: "incomingConversationMessage", next: "menu" },
        { event: "incomingRequest" },
        { event: "incomingParent" },
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "menu",
      type: "send-and-wait-for-reply",
      transitions: [
        { event: "incomingMessage", next: "order_status" },
        { event: "timeout" },
        { event: "deliveryFailure" },
      ],
      properties: {
        offset: { x: 0, y: 200 },
        service: "{{trigger.message.InstanceSid}}",
        channel: "{{trigger.message.ChannelSid}}",
        from: "{{flow.channel.address}}",
        body: "Send your order number.",
        timeout: "3600",
      },
    },
    {
      name: "order_status",
      type: "run-function",
      transitions: [
        { event: "success", next: "tell" },
        { event: "fail", next: "sorry" },
      ],
      properties: {
        offset: { x: 0, y: 400 },
        service_sid: sid("ZS"),
        environment_sid: sid("ZE"),
        function_sid: sid("ZH"),
        parameters: [{ key: "order", value: "{{widgets.menu.inbound.Body}}" }],
        url: `${host}/greet`,
      },
    },
    ...[
      ["tell", "{{widgets.order_status.parsed.text}}"],
      ["sorry", "Something broke, sorry."],
    ].map(([name = "", body = ""], at) => ({
      name,
      type: "send-message",
      transitions: [{ event: "sent" }, { event: "failed" }],
      properties: { offset: { x: 200 * at, y: 600 }, ...message, body },
    })),
  ],
};

const stageFile = `# The shop's own remark.
config:
  twilio:endpoint: http://127.0.0.1:4010
  florist:accountSid: AC10ca1000000000000000000000000001
  florist:lines:
    - name: petals
      channel: sms
      address: "+15550100001"
      flow: petals
`;

/** The project, with the Flow as it was exported. */
export async function petals(): Promise<ProjectCopy> {
  const copy = await ProjectCopy.create({}, "florist");
  const functions = join(copy.folder, "functions");
  await rm(functions, { recursive: true });
  await mkdir(functions);
  const greet = `exports.handler = (context, event, callback) => callback(null, { text: "Order " + event.order + " is ready." });\n`;
  await writeFile(join(functions, "greet.protected.js"), greet);
  await exportedFlow(copy);
  return copy;
}

/** Takes every block out of the Flow, and every key out of the stage file. */
export async function exportedFlow({ folder }: ProjectCopy): Promise<void> {
  await writeFile(join(folder, "flow-templates/petals.json"), `${JSON.stringify(exported, null, 2)}\n`);
  await writeFile(join(folder, "Pulumi.local.yaml"), stageFile);
  await rm(join(folder, "flow-templates/petals.bindings.ts"), { force: true });
}
