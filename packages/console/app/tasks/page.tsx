/** What TaskRouter has, for a line with Flex: queues, Tasks with their reservations, Workers. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Workspace } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { momentOf } from "../design/time.tsx";
import { personAt } from "../state/people.ts";
import { useModel } from "../state/store.ts";
import { usePeople } from "../state/use-people.ts";

/** Statuses of Tasks that wait for somebody, and of those on which somebody works. */
const waits = new Set(["pending", "reserved"]);
const works = new Set(["assigned", "wrapping", "accepted"]);

export default function TasksPage(): ReactNode {
  const followed = useModel((model) => model.tasks);
  const deployments = useModel((model) => model.deployments);
  const [workspaces, setWorkspaces] = useState<readonly Workspace[] | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      ask("tasks", "tasks").then(
        ({ workspaces: found }) => setWorkspaces(found),
        (error: unknown) => {
          if (!(error instanceof AskError)) throw error;
        },
      );
    }, 50);
    return () => clearTimeout(timer);
  }, [followed, deployments]);
  return (
    <div className="page stage">
      <header className="page-head">
        <h1>Tasks</h1>
        <span className="quiet" role="status">
          {workspaces === null ? "Loading…" : saidOf(workspaces.flatMap(({ tasks }) => tasks))}
        </span>
      </header>
      {workspaces?.length === 0 ? (
        <div className="empty">
          <h2>TaskRouter is not used here</h2>
          <p>A line with the key flex in its stage file hands customers over to it.</p>
        </div>
      ) : null}
      {workspaces?.map((workspace) => (
        <InWorkspace key={workspace.sid} workspace={workspace} isAlone={workspaces.length === 1} />
      ))}
    </div>
  );
}

function saidOf(tasks: Workspace["tasks"]): string {
  const waiting = tasks.filter(({ status }) => waits.has(status)).length;
  const working = tasks.filter(({ status }) => works.has(status)).length;
  return `${waiting} waiting, ${working} with somebody`;
}

function InWorkspace({
  workspace: { sid, name, queues, workers, tasks },
  isAlone,
}: {
  readonly workspace: Workspace;
  readonly isAlone: boolean;
}): ReactNode {
  const people = usePeople();
  return (
    <section className="workspace" aria-label={`Workspace ${name}`}>
      <h2>
        {name} {isAlone ? null : <span className="quiet mono">{sid.slice(0, 10)}…</span>}
      </h2>
      <div className="cards">
        <section className="card wide-card" aria-labelledby={`${sid}-tasks`}>
          <h3 id={`${sid}-tasks`}>
            Tasks <span className="quiet">{tasks.length}</span>
          </h3>
          {tasks.length === 0 ? (
            <p className="quiet">None. TaskRouter drops a Task five minutes after its end.</p>
          ) : null}
          <ul className="plain">
            {tasks.map((task) => (
              <li key={task.sid} className="line task">
                <span
                  className={`chip ${waits.has(task.status) ? "waiting" : works.has(task.status) ? "active" : "ended"}`}
                >
                  {task.status}
                </span>
                <b>
                  {task.customer === null ? `${task.sid.slice(0, 10)}…` : personAt(task.customer, people)}
                </b>
                <span className="quiet">
                  in queue {task.queue}, {task.channel}, priority {task.priority}
                  {task.reason === null ? "" : `: ${task.reason}`}
                </span>
                {task.conversationSid === null ? null : (
                  <Link to={["conversations", task.conversationSid]}>
                    Its Conversation<span className="unseen"> {task.conversationSid}</span>
                  </Link>
                )}
                <span className="people">
                  {task.reservations.map(({ sid: reservation, status, worker }) => (
                    <span key={reservation} className="person">
                      {worker}: {status}
                    </span>
                  ))}
                </span>
                <time dateTime={task.at}>{momentOf(task.at)}</time>
              </li>
            ))}
          </ul>
        </section>
        <section className="card" aria-labelledby={`${sid}-queues`}>
          <h3 id={`${sid}-queues`}>Queues</h3>
          <ul className="plain">
            {queues.map((queue) => (
              <li key={queue.sid} className="line">
                <b>{queue.name}</b>
                <span className={queue.waiting > 0 ? "chip waiting" : "chip"}>{queue.waiting} waiting</span>
                <span className="quiet">
                  Workers with <code>{queue.workers}</code>
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section className="card" aria-labelledby={`${sid}-workers`}>
          <h3 id={`${sid}-workers`}>Workers</h3>
          {workers.length === 0 ? (
            <p className="quiet">None: nobody can take a Task. Workers are made in Flex, or over REST.</p>
          ) : null}
          <ul className="plain">
            {workers.map((worker) => (
              <li key={worker.sid} className="line">
                <b>{worker.name}</b>
                <span className={worker.isAvailable ? "chip good" : "chip"}>{worker.activity}</span>
                <span className="quiet">{worker.tasks === 1 ? "one Task" : `${worker.tasks} Tasks`}</span>
                <time dateTime={worker.since}>since {momentOf(worker.since)}</time>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </section>
  );
}
