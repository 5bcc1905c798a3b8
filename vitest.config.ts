import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,infra,policy,functions,flow-templates,test,scripts,bench}/**/*.test.ts"],
          exclude: ["**/node_modules/**"],
          // A machine that is busy with other work is slow, not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "stack",
          include: ["e2e/**/*.test.ts"],
          // Every file here starts a local Twilio and most start the Pulumi engine: two at once fill two cores.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
