/** Properties of what the stack has that are somebody else's: not deployed, and no drift when they change. */
export const leftToOthers = {
  /** A number that was there before: the line is its SMS webhook alone. */
  number: [
    "accountSid",
    "apiVersion",
    "friendlyName",
    "smsApplicationSid",
    "statusCallback",
    "statusCallbackMethod",
    "voiceApplicationSid",
    "voiceCallerIdLookup",
    "voiceFallbackMethod",
    "voiceFallbackUrl",
    "voiceMethod",
    "voiceUrl",
    "emergencyStatus",
    "emergencyAddressSid",
    "trunkSid",
    "voiceReceiveMode",
    "identitySid",
    "addressSid",
    "bundleSid",
    "smsFallbackMethod",
  ],
  /** The same of a number whose calls are the line, and nothing else. */
  call: [
    "accountSid",
    "apiVersion",
    "friendlyName",
    "smsApplicationSid",
    "smsMethod",
    "smsUrl",
    "smsFallbackUrl",
    "smsFallbackMethod",
    "statusCallback",
    "statusCallbackMethod",
    "voiceCallerIdLookup",
    "voiceFallbackMethod",
    "voiceFallbackUrl",
    "emergencyStatus",
    "emergencyAddressSid",
    "trunkSid",
    "voiceReceiveMode",
    "identitySid",
    "addressSid",
    "bundleSid",
  ],
  /** A Workspace that Flex made and the stage has taken over keeps what Flex gave it. */
  workspace: ["friendlyName", "defaultActivitySid", "timeoutActivitySid", "prioritizeQueueOrder"],
} as const;

/**
 * The same by type of the resource, with those that it stands in where that decides, for who reads a state: it does not say
 * what the program ignores.
 */
export const leftOf: Readonly<Record<string, readonly string[]>> = {
  "support-line:index:CallEntry$twilio:api:IncomingPhoneNumber": leftToOthers.call,
  "twilio:api:IncomingPhoneNumber": leftToOthers.number,
  "twilio:taskrouter:Workspace": leftToOthers.workspace,
};
