/** The one account. Obviously made up, the same on every machine, so that a stage file can name it. */
export const defaultAccount = {
  accountSid: "AC10ca1000000000000000000000000001",
  authToken: "10ca1000000000000000000000000000",
} as const;
