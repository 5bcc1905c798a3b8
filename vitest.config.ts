import { join } from "node:path";
import { defineConfig } from "vitest/config";

// The commands, programs and Functions that tests start read what Node compiled of the same sources before.
process.env.NODE_COMPILE_CACHE ??= join(process.cwd(), ".state", "compile-cache");

/** A file whose run takes long is named so; `npm run test:all` runs it, `npm test` does not. */
const long = "**/*.long.test.ts";
const never = "**/node_modules/**";
/** Projects of their own, whose tests run where the projects are made. */
const ofProjects = "e2e/projects/*/**";

/** Both cores of a small machine. Projects with the same number run in one go; others would wait for each other. */
const maxWorkers = 2;
/** Every file of an end-to-end test starts a local Twilio, and most start the Pulumi engine: two at once fill two cores. */
const endToEnd = {
  globalSetup: "e2e/global-setup.ts",
  maxWorkers,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};
/**
 * Files share their two processes: what they import is loaded once, which takes a third off their time. A file puts back what
 * it changes of the process. A machine that is busy with other work is slow, not wrong.
 */
const quick = { isolate: false, maxWorkers, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,scripts,bench}/**/*.test.ts"],
          exclude: [never, long],
          ...quick,
        },
      },
      {
        test: {
          // What a person's own project has; its workflows run the tests by this name.
          name: "line",
          include: ["{infra,functions,flow-templates,policy,test}/**/*.test.ts"],
          exclude: [never, long],
          ...quick,
        },
      },
      {
        test: { name: "e2e", include: ["e2e/**/*.test.ts"], exclude: [never, long, ofProjects], ...endToEnd },
      },
      { test: { name: "long", include: [long], exclude: [never], ...endToEnd } },
    ],
  },
});
