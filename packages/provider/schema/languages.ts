/** What a registry shows of the package, and what it is called in each language. */

/** As `repository` in package.json says; a check holds every mention to it, so that a move is one line there and what the check names. */
const place = "github.com/support-line/support-line";

export const published = {
  publisher: "support-line",
  homepage: `https://${place}`,
  repository: `https://${place}`,
  keywords: ["pulumi", "twilio", "category/cloud", "kind/native"],
  license: "Apache-2.0",
} as const;

const description = "Twilio's configuration as Pulumi resources.";

const readme = `# Twilio for Pulumi

Twilio's configuration as Pulumi resources: Functions, Studio Flows, Conversations, TaskRouter, messaging, numbers and the
rest of its API. Every resource, input and output says what it is for; every resource has an example.

How it is configured, what it calls when, and what stays at Twilio: https://${place}/blob/main/docs/reference/provider.md
`;

export const languages = {
  nodejs: {
    packageName: "@pulumi/twilio",
    packageDescription: description,
    readme,
    respectSchemaVersion: true,
    peerDependencies: { "@pulumi/pulumi": "^3.276.0" },
    devDependencies: { "@types/node": "24.19.2", typescript: "6.0.3" },
    disableUnionOutputTypes: true,
  },
  python: {
    packageName: "pulumi_twilio",
    readme,
    requires: { pulumi: ">=3.142.0,<4.0.0" },
    respectSchemaVersion: true,
    pyproject: { enabled: true },
  },
  go: {
    importBasePath: `${place}/sdks/go/twilio`,
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  csharp: { rootNamespace: "SupportLine", respectSchemaVersion: true, packageReferences: { Pulumi: "3.*" } },
  java: {
    basePackage: "com.supportline",
    buildFiles: "gradle",
    dependencies: { "com.pulumi:pulumi": "1.16.1" },
  },
} as const;
