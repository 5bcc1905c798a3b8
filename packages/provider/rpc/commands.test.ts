import { expect, test } from "vitest";
import { withCommands } from "./commands.ts";

const urn = "urn:pulumi:dev::support-line::twilio:studio:Flow::support";

test.each([
  ["run `pulumi up` again.", "run `npx pulumi up -s dev` again."],
  [
    "`PULUMI_TWILIO_ALLOW_EMPTY_REFRESH=true pulumi refresh`, then `pulumi up`",
    "`PULUMI_TWILIO_ALLOW_EMPTY_REFRESH=true npx pulumi refresh -s dev`, then `npx pulumi up -s dev`",
  ],
  [
    "`pulumi config set --path 'twilio:overwrite[0]' FW1@2`",
    "`npx pulumi config set --path 'twilio:overwrite[0]' FW1@2 -s dev`",
  ],
  ["`pulumi up -s prod` and `twilio:deletable`", "`npx pulumi up -s prod` and `twilio:deletable`"],
  ["`npx studio pull support`", "`npx studio pull support`"],
])("%s", (message, expected) => {
  expect(withCommands(message, urn, "npx pulumi")).toBe(expected);
});

test("without a stack a command is left as it is", () => {
  expect(withCommands("run `pulumi up` again", "", "pulumi")).toBe("run `pulumi up` again");
});
