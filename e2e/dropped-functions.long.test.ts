/** A stage that takes another template while a customer waits, with the real CLI. */
import { expect, test } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import { supportStage } from "./stage.ts";

const [line, customer] = ["+15550100001", "+15550100200"];

test("told before, and the customer is not pestered", async () => {
  await using stage = await deployedStage({
    ...supportStage,
    lines: supportStage.lines.map((each) => ({ ...each, flow: "desk" })),
  });
  const phone = new LocalPhone(stage.twilio.endpoint, customer);
  await phone.says(line, "support");
  await stage.configure(supportStage);
  const preview = await stage.pulumi("preview", "--non-interactive");
  expect(preview.stdout.replace(/\s+/g, " ")).toMatch(
    /1 Execution waits in Flow FW\w+ \("[^"]+"\) and may still call \/\S+ \(ZH\w+\).*which this deployment removes/,
  );
  await stage.up();
  await stage.control("clock/advance", { seconds: 3 * 24 * 3600 });
  await stage.control("idle");
  const heard = await phone.heard();
  expect(heard.at(-1)?.body).toMatch(/^Nobody could answer so far/);
  expect(heard.length).toBeLessThanOrEqual(5);
});
