import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** What is read of vitest's JSON report. */
const schema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * How many tests passed and failed. A file that could not even be loaded counts as one failed test; no report at all
 * counts as none of either.
 */
export function countTests(reportFile: string): { readonly passed: number; readonly failed: number } {
  if (!existsSync(reportFile)) return { passed: 0, failed: 0 };
  const report = schema.parse(JSON.parse(readFileSync(reportFile, "utf8")));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((result) => result.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}
