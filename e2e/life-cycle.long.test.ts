/** The life of every resource: what it is, `life-cycle/lives.ts` says. */
import { allResources, isResource, resource } from "@support-line/twilio-api";
import { describe, expect, test } from "vitest";
import { knownWithoutMethod } from "./life-cycle/given.ts";
import { livesOf } from "./life-cycle/lives.ts";
import { clientAt } from "./life-cycle/node-client.ts";
import { filled } from "./life-cycle/world.ts";

const { client, withoutMethod } = livesOf(allResources().filter(isResource));

describe("Twilio's own client", () => {
  test.each(["Function", "Asset"])("has no way to upload a %s Version", (name) => {
    const row = resource(`twilio:serverless:${name}Version`);
    const path = filled(row?.operations.create?.path ?? "", {
      ServiceSid: `ZS${"1".repeat(32)}`,
      [`${name}Sid`]: `ZH${"1".repeat(32)}`,
    });
    expect(row && clientAt(client(), row, path, "list")).toBeDefined();
    expect(row && clientAt(client(), row, path, "create")).toBeUndefined();
  });

  test("has a method for all but these", () => {
    expect([...new Set(withoutMethod)].sort()).toEqual(
      knownWithoutMethod.flatMap(({ calls }) => calls).sort(),
    );
  });
});
