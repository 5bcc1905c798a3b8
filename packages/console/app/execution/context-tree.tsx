/** The context at a step: open where the step changed something, folded elsewhere. */
import { useMemo, useState, type ReactNode } from "react";
import { shownValue } from "../design/secret.ts";
import { branchesOf, type Branch } from "./context-diff.ts";

export function ContextTree({
  before,
  after,
}: {
  readonly before: object;
  readonly after: object;
}): ReactNode {
  const branches = useMemo(() => branchesOf(before, after), [before, after]);
  const [isWhole, setWhole] = useState(false);
  const changed = branches.some(({ hasChanges }) => hasChanges);
  return (
    <div className="context">
      <label className="inline-check">
        <input type="checkbox" checked={!isWhole} onChange={() => setWhole(!isWhole)} />
        Only what this step changed
      </label>
      {!changed && !isWhole ? <p className="quiet">This step changed nothing.</p> : null}
      <ul className="tree">
        {branches
          .filter((branch) => isWhole || branch.hasChanges)
          .map((branch) => (
            <Twig key={branch.path} branch={branch} isWhole={isWhole} />
          ))}
      </ul>
    </div>
  );
}

function Twig({ branch, isWhole }: { readonly branch: Branch; readonly isWhole: boolean }): ReactNode {
  const { key, path, mark, hasChanges, below, value, before } = branch;
  const [isOpen, setOpen] = useState(hasChanges);
  const shown = below.filter((one) => isWhole || one.hasChanges);
  if (below.length > 0) {
    return (
      <li className={mark}>
        <button type="button" className="twig" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className="key">{key}</span>
          <Mark mark={mark} />
          {isOpen ? null : <span className="quiet">{below.length}</span>}
        </button>
        {isOpen ? (
          <ul>
            {shown.map((one) => (
              <Twig key={one.path} branch={one} isWhole={isWhole} />
            ))}
          </ul>
        ) : null}
      </li>
    );
  }
  return (
    <li className={mark} title={path}>
      <span className="key">{key}</span>
      <Mark mark={mark} />
      {mark === "changed" ? (
        <>
          <del dir="auto">{shownValue(key, before)}</del>{" "}
        </>
      ) : null}
      <code dir="auto">{shownValue(key, value)}</code>
    </li>
  );
}

function Mark({ mark }: Pick<Branch, "mark">): ReactNode {
  return mark === "same" ? null : <span className="mark">{mark === "added" ? "new" : mark}</span>;
}
