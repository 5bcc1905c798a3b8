/** Where a widget leads and what leads to it, as buttons: a large Flow is walked without looking for its lines. */
import type { ReactNode } from "react";
import type { Picture } from "../api/shapes.ts";

interface Properties {
  readonly picture: Picture;
  readonly widget: string;
  readonly onGo: (widget: string) => void;
}

export function Ways({ picture, widget, onGo }: Properties): ReactNode {
  const found = picture.widgets.find(({ name }) => name === widget);
  const names = new Set(picture.widgets.map(({ name }) => name));
  const to = picture.edges.filter(({ from }) => from === widget);
  const from = [...new Set(picture.edges.filter((edge) => edge.to === widget).map((edge) => edge.from))];
  return (
    <section aria-labelledby="ways" className="ways">
      <h2 id="ways">{widget}</h2>
      {found === undefined ? null : (
        <p className="quiet">{found.face.speech || found.face.facts.join(" · ")}</p>
      )}
      <h3>Leads to</h3>
      <ul className="plain">
        {to.map((edge, at) => (
          <li key={at} className="line">
            <span className="quiet">{edge.labels.map(({ text }) => text).join(" or ")}</span>
            {names.has(edge.to) ? (
              <button type="button" className="button small" onClick={() => onGo(edge.to)}>
                {edge.to}
              </button>
            ) : (
              <span>the end</span>
            )}
          </li>
        ))}
      </ul>
      {from.length === 0 ? null : (
        <>
          <h3>Comes from</h3>
          <p className="jumps">
            {from.map((name) => (
              <button key={name} type="button" className="button small" onClick={() => onGo(name)}>
                {name}
              </button>
            ))}
          </p>
        </>
      )}
    </section>
  );
}
