/** The local Twilio against every proof that the repository keeps: what was seen once stays so. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readProof } from "@support-line/local-twilio/proof";
import { askLocal, compare, probes } from "@support-line/proof";
import { expect, test } from "vitest";

const folder = join(process.cwd(), "proof");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

test("there are proofs", () => {
  expect(files).toContain("recorded.json");
});

test.each(files)("%s: the local Twilio answers as it was seen", async (file) => {
  const proof = readProof(join(folder, file));
  const ids = new Set(proof.facts.map(({ id }) => id));
  const wanted = probes.filter(({ questions }) => questions.some(({ id }) => ids.has(id)));
  const isKnown = new Set(proof.differences.map(({ id }) => id));
  const local = await askLocal(wanted, true, new AbortController().signal, proof.switches);
  const { different, notAsked } = compare({ facts: proof.facts, notAsked: [] }, local);
  const unknown = different.flatMap(({ id, fields }) => {
    // A record shows some fields of an answer, and says nothing of the others.
    const seen = proof.of === "records" ? fields.filter(({ twilio }) => twilio !== undefined) : fields;
    return isKnown.has(id) || seen.length === 0 ? [] : [{ id, fields: seen }];
  });
  expect(unknown).toEqual([]);
  // What the probes ask no more is no proof of anything.
  expect(notAsked).toEqual([]);
});
