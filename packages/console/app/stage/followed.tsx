/** Tasks of TaskRouter and calls in text, as their events tell of them; nothing where there are none. */
import type { ReactNode } from "react";
import { shownValue } from "../design/secret.ts";
import { timeOfDay } from "../design/time.tsx";
import type { Followed } from "../state/model.ts";

const mostFields = 6;
const mostLines = 30;

interface Properties {
  readonly title: string;
  readonly items: ReadonlyMap<string, Followed>;
}

export function FollowedList({ title, items }: Properties): ReactNode {
  if (items.size === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <ul className="plain">
        {[...items.values()]
          .toReversed()
          .slice(0, 20)
          .map(({ sid, what, at, about, lines }) => (
            <li key={sid} className="followed">
              <p className="line">
                <span className="chip active">{what}</span>
                <span className="mono">{sid.slice(0, 10)}…</span>
                <time dateTime={at}>{timeOfDay(at)}</time>
              </p>
              <dl className="pairs">
                {Object.entries(about)
                  .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
                  .slice(0, mostFields)
                  .map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd dir="auto">{shownValue(name, value)}</dd>
                    </div>
                  ))}
              </dl>
              {lines.length === 0 ? null : (
                <ol className="said-lines">
                  {lines.slice(-mostLines).map(({ at: when, what: how, text }, index) => (
                    <li key={index}>
                      <time dateTime={when}>{timeOfDay(when)}</time> <span className="quiet">{how}</span>{" "}
                      <span dir="auto">{text}</span>
                    </li>
                  ))}
                </ol>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
