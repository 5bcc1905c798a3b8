/** The key `adopted`: what an adopted line is called at Twilio, and how it stands there. `npm run stage -- adopt` writes it. */
import { z } from "zod";

const text = z.string().min(1, "is empty");
const folder = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    "is no name of a folder in functions/adopted: small letters, digits and dashes",
  );

const assetVersion = z.string().regex(/^ZN[0-9a-f]{32}$/, "is no SID of an Asset's version");

export const adoptedSchema = z.strictObject({
  answeredBy: z
    .enum(["conversations", "webhook"])
    .default("conversations")
    .describe("Who answers the line: the Conversations that Twilio opens, or the number's own SMS webhook."),
  flow: z
    .strictObject({
      friendlyName: text.describe("Name of the Flow."),
      status: z.enum(["published", "draft"]).default("published").describe("How the Flow is saved."),
    })
    .describe("The Flow as it stands at Twilio."),
  conversations: z
    .strictObject({ friendlyName: text.describe("Name of the Service.") })
    .describe("The Conversations Service."),
  address: z
    .strictObject({
      friendlyName: z.string().optional().describe("Name of the address configuration."),
      retryCount: z.number().int().min(0).optional().describe("How often Twilio tries the Flow again."),
    })
    .default({})
    .describe("The address configuration."),
  number: z
    .strictObject({
      smsMethod: z.enum(["GET", "POST"]).optional().describe("Method of the webhook."),
      smsFallbackUrl: z.string().optional().describe("The webhook's fallback."),
    })
    .optional()
    .describe("The number's own SMS webhook, for a line that it answers or answered."),
  functions: z
    .strictObject({
      folder: folder.describe("Folder below `functions/adopted`."),
      uniqueName: text.describe("Unique name of the Serverless Service."),
      friendlyName: text.describe("Name of the Service."),
      includeCredentials: z.boolean().describe("Whether Functions get the account's credentials."),
      uiEditable: z.boolean().describe("Whether the Console's editor may change the Service."),
      environment: text.describe("Unique name of the Environment."),
      domainSuffix: text.optional().describe("Suffix of the Environment's domain."),
      runtime: text.optional().describe("Runtime of the Build, `node22`."),
      dependencies: z
        .record(z.string(), z.string())
        .default({})
        .describe("Packages of the Build, with versions."),
      friendlyNames: z
        .record(z.string(), text)
        .default({})
        .describe("Names of Functions, by path, where the name is not the path."),
      assetVersions: z
        .array(assetVersion)
        .default([])
        .describe(
          "Versions of Assets that cannot be read and stay in every Build. They belong to one account.",
        ),
      assets: z
        .record(
          z.string(),
          z.strictObject({
            version: assetVersion,
            visibility: z.enum(["public", "protected"]).default("public"),
            sha256: z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256 in hexadecimal digits"),
          }),
        )
        .default({})
        .describe("Assets that were taken along, by path: the version at Twilio that has this content."),
      variables: z.record(z.string(), z.string()).default({}).describe("Variables of the Environment."),
    })
    .optional()
    .describe("The Functions that the Flow runs, and how they are deployed."),
});

/** How an adopted line stands at Twilio. */
export type Adopted = z.output<typeof adoptedSchema>;
