/** One process, one snapshot: it loads what every snapshot needs, then waits for what it shall look at. */
import { openProject } from "@support-line/stage";
import { failureOf } from "../edge/failure.ts";
import { takeSnapshot, type Snapshot, type Subject } from "./snapshot.ts";

/** What a process answers. An error has no class on the other side, so its words go there. */
export type SnapshotAnswer = { readonly snapshot: Snapshot } | { readonly problem: string };

const [folder] = process.argv.slice(2);
// The bundler takes a while for the first Function that it sees. What it finds wrong now is of no interest.
if (folder !== undefined) {
  void openProject(folder)
    .functions()
    .catch(() => undefined);
}

process.once("message", (subject: Subject) => {
  void takeSnapshot(subject)
    .then(
      (snapshot): SnapshotAnswer => ({ snapshot }),
      (error: unknown): SnapshotAnswer => ({ problem: failureOf(error).text ?? String(error) }),
    )
    // Whoever asked may be gone.
    .then((answer) => process.send?.(answer, undefined, undefined, () => undefined));
});
