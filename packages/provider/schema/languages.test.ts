import { expect, test } from "vitest";
import { packageSchema } from "./schema.ts";

test("the package says what a registry shows, and what it is called in each language", () => {
  expect(packageSchema()).toMatchObject({
    publisher: "support-line",
    homepage: expect.stringMatching(/^https:/) as string,
    repository: expect.stringMatching(/^https:/) as string,
    language: {
      nodejs: { packageName: "@pulumi/twilio", peerDependencies: { "@pulumi/pulumi": "^3.276.0" } },
      python: { packageName: "pulumi_twilio" },
      go: { importBasePath: expect.stringContaining("/sdks/go/twilio") as string },
      csharp: { rootNamespace: "SupportLine" },
      java: { basePackage: "com.supportline" },
    },
  });
});

test("no version is 0.0.0, so that every SDK says which provider it is for", () => {
  const { version, language } = packageSchema() as unknown as {
    version: string;
    language: Record<string, { respectSchemaVersion?: boolean }>;
  };
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(version).not.toBe("0.0.0");
  for (const name of ["nodejs", "python", "go", "csharp"]) {
    expect(language[name]?.respectSchemaVersion, name).toBe(true);
  }
});
