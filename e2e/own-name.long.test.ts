/** A project of another name: its stage files are read under it, and what it has at Twilio is called by it. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { localAccountSid } from "@support-line/stage";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ProjectCopy } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";

test("a project called my-line is checked, deployed, asked and adopted under that name", async () => {
  await using project = await ProjectCopy.create();
  const twilio = await startLocalTwilio({ folder: join(project.folder, "twilio"), port: 0 });
  try {
    const file = join(project.folder, "Pulumi.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("name: support-line", "name: my-line"));
    const config = {
      "twilio:endpoint": twilio.endpoint,
      "twilio:authToken": twilio.authToken,
      "twilio:deletable": ["*"],
      "my-line:accountSid": localAccountSid,
      "my-line:lines": [
        { name: "support", channel: "sms", address: "+15550100001", flow: "support", agents: ["ada"] },
      ],
      "my-line:agents": [{ name: "ada", address: "+15550100101" }],
    };
    // YAML reads JSON.
    await writeFile(join(project.folder, "Pulumi.local.yaml"), JSON.stringify({ config }));

    expect(await project.stage(["check"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^local {2}fine/) as string,
    });
    const up = await project.pulumi("up", "--yes", "--skip-preview", "--non-interactive", "-s", "local");
    expect({ code: up.code, said: up.stderr }).toMatchObject({ code: 0 });

    const client = foreignClient(twilio);
    expect((await client.serverless.v1.services.list()).map(({ uniqueName }) => uniqueName)).toEqual([
      "my-line-local",
    ]);
    const services = await client.conversations.v1.services.list();
    expect(services.map(({ friendlyName }) => friendlyName)).toContain("my-line-local");
    expect(await project.stage(["status", "local"])).toMatchObject({ code: 0 });

    // Who adopts into it writes a stage file under its name.
    await rm(join(project.folder, "Pulumi.local.yaml"));
    const credentials = { TWILIO_ACCOUNT_SID: twilio.accountSid, TWILIO_AUTH_TOKEN: twilio.authToken };
    const adopted = await project.stage(
      ["adopt", "taken", "--name", "taken", "--endpoint", twilio.endpoint],
      credentials,
    );
    expect({ code: adopted.code, said: adopted.stderr }).toMatchObject({ code: 0 });
    expect(await readFile(join(project.folder, "Pulumi.taken.yaml"), "utf8")).toContain("my-line:lines:");
    expect(await project.stage(["check", "taken"])).toMatchObject({ code: 0 });
  } finally {
    await twilio.close();
  }
});
