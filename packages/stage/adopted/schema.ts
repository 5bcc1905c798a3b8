/**
 * The key `adopted`: what adopted lines are called at Twilio, and how they stand there. `npm run stage -- adopt` writes it, in the
 * short form for one line, and in the form for several when a stage gets its second.
 */
import { z } from "zod";
import { nameSchema, variableKey } from "../stage-schema.ts";

const text = z.string().min(1, "is empty");
const folder = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    "is not a name of a folder in functions/adopted: small letters, digits and dashes",
  );

const assetVersion = z.string().regex(/^ZN[0-9a-f]{32}$/, "is not a SID of an Asset's version");

const ofLine = {
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
};

const conversations = z.strictObject({ friendlyName: text.describe("Name of the Service.") });

const functions = z.strictObject({
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
    .describe("Versions of Assets that cannot be read and stay in every Build. They belong to one account."),
  assets: z
    .record(
      z.string(),
      z.strictObject({
        version: assetVersion.describe("SID of the version."),
        visibility: z.enum(["public", "protected"]).default("public").describe("Who may read it."),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hexadecimal digits")
          .describe("Hash of the content."),
      }),
    )
    .default({})
    .describe("Assets that were taken along, by path: the version at Twilio that has this content."),
  variables: z.record(z.string(), z.string()).default({}).describe("Variables of the Environment."),
});

/** One line, whose Services are `conversations` and `functions` in the stack. */
export const adoptedSchema = z.strictObject({
  ...ofLine,
  conversations: conversations.describe("The Conversations Service."),
  functions: functions.optional().describe("The Functions that the Flow runs, and how they are deployed."),
});

/** Several lines; each says which Services are its own, by their names in the stack, and two may say the same. */
export const adoptedLinesSchema = z.strictObject({
  lines: z
    .record(
      nameSchema,
      z.strictObject({
        ...ofLine,
        conversations: z.string().describe("Its Conversations Service, by its name in `conversations`."),
        functions: z
          .string()
          .optional()
          .describe("The Functions that its Flow runs, by their name in `functions`."),
      }),
    )
    .describe("The lines, by their names in the key `lines`."),
  conversations: z
    .record(nameSchema, conversations)
    .describe("The Conversations Services, by their names in the stack. A name stays what it is."),
  functions: z
    .record(
      nameSchema,
      functions.extend({
        secrets: z
          .record(variableKey, z.union([z.string(), z.strictObject({ secure: z.string() })]))
          .default({})
          .describe("Variables that are kept encrypted."),
      }),
    )
    .default({})
    .describe("The Services of Functions, by their names in the stack. A name stays what it is."),
});
