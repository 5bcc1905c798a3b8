/** Proofs: read them, and see what walks through what they found different. */
export {
  parseProof,
  ProofFileError,
  readProof,
  unplayed,
  type DifferentField,
  type Difference,
  type Fact,
  type Proof,
  type Seen,
  type Unasked,
} from "./proof-file.ts";
export { touchedByTemplate, watchDifferences } from "./walked.ts";
