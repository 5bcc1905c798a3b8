/** The key `adopted`: what an adopted line is called at Twilio, and how it stands there. `npm run stage -- adopt` writes it. */
import { z } from "zod";

const text = z.string().min(1, "is empty");
const folder = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    "is no name of a folder in functions/adopted: small letters, digits and dashes",
  );

export const adoptedSchema = z.strictObject({
  /** Who answers the line's address: the Conversations that Twilio opens, or the number's own SMS webhook. */
  answeredBy: z.enum(["conversations", "webhook"]).default("conversations"),
  flow: z.strictObject({ friendlyName: text, status: z.enum(["published", "draft"]).default("published") }),
  conversations: z.strictObject({ friendlyName: text }),
  address: z
    .strictObject({ friendlyName: z.string().optional(), retryCount: z.number().int().min(0).optional() })
    .default({}),
  /** The number's own SMS webhook, for a line that it answers or has answered. */
  number: z
    .strictObject({
      smsMethod: z.enum(["GET", "POST"]).optional(),
      smsFallbackUrl: z.string().optional(),
    })
    .optional(),
  functions: z
    .strictObject({
      folder,
      uniqueName: text,
      friendlyName: text,
      includeCredentials: z.boolean(),
      uiEditable: z.boolean(),
      environment: text,
      domainSuffix: text.optional(),
      runtime: text.optional(),
      dependencies: z.record(z.string(), z.string()).default({}),
      /** By path: of those that are called otherwise than their path. */
      friendlyNames: z.record(z.string(), text).default({}),
      assetVersions: z
        .array(z.string().regex(/^ZN[0-9a-f]{32}$/, "is no SID of an Asset's version"))
        .default([]),
      variables: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
});

/** How an adopted line stands at Twilio. */
export type Adopted = z.output<typeof adoptedSchema>;
