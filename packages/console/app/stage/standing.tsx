/** How the stage is, in the words of `npm run stage -- status`: who is hurt first, then what else there is to look at. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Finding, Standing } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { Link } from "../design/link.tsx";
import { momentOf } from "../design/time.tsx";
import { codeExplained } from "../execution/codes.ts";
import { personAt, type People } from "../state/people.ts";
import { useModel } from "../state/store.ts";
import { usePeople } from "../state/use-people.ts";

/** How long it waits before it is asked for anew, in milliseconds: busy hours ask no faster. */
const pause = 400;

export function HowItIs(): ReactNode {
  const moves = useModel((model) => model.moves);
  const conversations = useModel((model) => model.conversations);
  const deployments = useModel((model) => model.deployments);
  const people = usePeople();
  const [standing, setStanding] = useState<Standing | null>(null);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        ask("standing", "standing").then(setStanding, (error: unknown) => {
          if (!(error instanceof AskError)) throw error;
        });
      },
      standing === null ? 0 : pause,
    );
    return () => clearTimeout(timer);
  }, [moves, conversations, deployments]);
  if (standing === null) return null;
  const { findings, flows, changedLast, failuresToday, failuresSinceChange } = standing;
  const hurting = findings.filter(({ hurts }) => hurts).length;
  return (
    <section className="card wide-card how" aria-labelledby="how">
      <h2 id="how" className={hurting === 0 ? "good-text" : "bad-text"}>
        <Icon name={hurting === 0 ? "check" : "warn"} />
        {hurting === 0
          ? "Nobody is being hurt."
          : `Somebody is being hurt, in ${hurting === 1 ? "one way" : `${hurting} ways`}.`}
      </h2>
      {findings.length === 0 ? null : (
        <ul className="plain">
          {findings.map((finding, at) => (
            <li key={at} className="line">
              <span className={finding.hurts ? "chip bad" : "chip"}>{finding.kind}</span>
              <span className="grow">{said(finding, people)}</span>
              <Next finding={finding} />
              <time dateTime={finding.at}>{momentOf(finding.at)}</time>
            </li>
          ))}
        </ul>
      )}
      <ul className="plain quiet">
        {flows.map(({ sid, name, executions, lastAt, looked, failed }) => (
          <li key={sid}>
            {name}: {executions === 1 ? "one Execution" : `${executions} Executions`} in the last day, the
            last at {momentOf(lastAt ?? "")};{" "}
            {failed === 0 ? `none of the last ${looked} failed` : `${failed} of the last ${looked} failed`}
          </li>
        ))}
        <li>
          Changed last:{" "}
          {changedLast === null ? "unknown" : `${changedLast.what} at ${momentOf(changedLast.at)}`};{" "}
          {failuresSinceChange === 1 ? "one failure" : `${failuresSinceChange} failures`} since then,{" "}
          {failuresToday} in the last day
        </li>
      </ul>
    </section>
  );
}

function said({ kind, code, where, words, contact }: Finding, people: People): string {
  const who = contact === null || contact.startsWith("CH") ? "" : personAt(contact, people);
  if (kind === "waiting") return `${who} ${words}`;
  if (kind === "stuck") return `${who === "" ? "A Conversation" : who} is stuck: ${words}`;
  if (kind === "gone") return `${words}; widget ${where} runs it`;
  const place = where === "" ? "messages to phones" : `widget ${where}`;
  const meaning = code === null ? "" : codeExplained(code);
  return `${code === null ? "" : `${code} in `}${place}${meaning === "" ? "" : `: ${meaning}`} (${words})`;
}

/** Where to look next. */
function Next({
  finding: { where, executionSid, conversationSid, flowSid },
}: {
  readonly finding: Finding;
}): ReactNode {
  if (executionSid !== null) {
    return (
      <Link to={["executions", executionSid]}>
        Its Execution<span className="unseen"> {where}</span>
      </Link>
    );
  }
  if (conversationSid !== null) {
    return (
      <Link to={["conversations", conversationSid]}>
        Its Conversation<span className="unseen"> {conversationSid}</span>
      </Link>
    );
  }
  return flowSid === null ? null : (
    <Link to={["flows", flowSid]}>
      Its Flow<span className="unseen">, widget {where}</span>
    </Link>
  );
}
