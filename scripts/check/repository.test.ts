import { expect, test } from "vitest";
import { check, repositoryFaults } from "./repository.ts";

test("a link to where the project is not published is named", () => {
  // In two pieces: this file is checked as well.
  const site = "https://github.com";
  const repository = `${site}/acme/support-line`;
  expect(
    repositoryFaults(
      repository,
      "README.md",
      `git clone ${site}/elsewhere/support-line.git\n${repository}/issues`,
    ),
  ).toEqual([
    `README.md leads to ${site.slice(8)}/elsewhere/support-line, and package.json says that the project is at ${repository}`,
  ]);
});

test("every link here leads to where package.json says", () => {
  expect(check(process.cwd())).toEqual([]);
});
