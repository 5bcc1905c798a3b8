/** Two lines of one company: their `prod` is in one account, and their state in one backend. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { localAccountSid } from "@support-line/stage";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { ProjectCopy } from "./project-copy.ts";

/** Calls a project otherwise, and gives it a stage. */
async function named(project: ProjectCopy, name: string, address: string, endpoint: string): Promise<void> {
  const file = join(project.folder, "Pulumi.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("name: support-line", `name: ${name}`));
  const config = {
    "twilio:endpoint": endpoint,
    [`${name}:accountSid`]: localAccountSid,
    [`${name}:lines`]: [{ name: "support", channel: "sms", address, flow: "support", agents: ["ada"] }],
    [`${name}:agents`]: [{ name: "ada", address: "+15550100101" }],
  };
  await writeFile(join(project.folder, "Pulumi.prod.yaml"), JSON.stringify({ config }));
}

test("neither takes anything of the other's, and each is left alone by the other's deployment", async () => {
  await using one = await ProjectCopy.create();
  const twilio = await startLocalTwilio({ folder: join(one.folder, "twilio"), port: 0 });
  const backend = join(one.folder, "both");
  await mkdir(backend);
  await using other = await ProjectCopy.create();
  const environment = {
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "of both",
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  };
  try {
    await named(one, "one-line", "+15550100001", twilio.endpoint);
    await named(other, "other-line", "+15550100002", twilio.endpoint);
    const runs = async (project: ProjectCopy, ...words: string[]) => {
      const { code, stdout, stderr } = await project.run(
        "packages/cli/pulumi.ts",
        [...words, "--non-interactive", "-s", "prod"],
        environment,
      );
      expect({ code, said: code === 0 ? "" : `${words.join(" ")}\n${stdout}\n${stderr}` }).toEqual({
        code: 0,
        said: "",
      });
    };
    for (const project of [one, other]) {
      await project.run(
        "packages/cli/pulumi.ts",
        ["stack", "init", "prod", "--non-interactive"],
        environment,
      );
      await runs(project, "up", "--yes", "--skip-preview");
    }
    const client = foreignClient(twilio);
    const functions = await client.serverless.v1.services.list();
    expect(functions.map(({ uniqueName }) => uniqueName).toSorted()).toEqual([
      "one-line-prod",
      "other-line-prod",
    ]);
    expect(await client.studio.v2.flows.list()).toHaveLength(2);
    await runs(one, "preview", "--refresh", "--expect-no-changes");
  } finally {
    await twilio.close();
  }
});
