import { expect, test } from "vitest";
import { switches } from "@support-line/local-twilio";
import { parts } from "../probe.ts";
import { probes } from "./index.ts";

const questions = probes.flatMap((probe) => probe.questions);

test("at least three hundred things are asked, each by one probe and under one name", () => {
  expect(questions.length).toBeGreaterThan(300);
  const ids = questions.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test("each question names the page, the document or the record that it tests", () => {
  for (const { id, asks, source } of questions) {
    expect(source, id).toMatch(/^(https:\/\/(www\.twilio|github)\.com\/|OpenAPI |recorded: |packages\/)/);
    expect(asks, id).not.toBe("");
  }
});

test("every part has a probe, and every switch of the local Twilio a question", () => {
  expect(new Set(probes.map(({ part }) => part))).toEqual(new Set(Object.keys(parts)));
  const ids = new Set(questions.map(({ id }) => id));
  expect(Object.keys(switches).filter((name) => !ids.has(`switches.${name}`))).toEqual([]);
});
