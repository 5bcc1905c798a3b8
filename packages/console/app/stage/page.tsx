/** The stage: what is deployed, who answers where, which Conversations there are and when they close. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Stage } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { momentOf } from "../design/time.tsx";
import { usePeople } from "../state/use-people.ts";
import { useModel } from "../state/store.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { FollowedList } from "./followed.tsx";
import { HowItIs } from "./standing.tsx";

const shownConversations = 50;

export default function StagePage(): ReactNode {
  const deployments = useModel((model) => model.deployments);
  const conversations = useModel((model) => model.conversations);
  const calls = useModel((model) => model.calls);
  const [stage, setStage] = useState<Stage | null>(null);
  useEffect(() => {
    ask("stage", "stage").then(setStage, (error: unknown) => {
      if (!(error instanceof AskError)) throw error;
    });
  }, [deployments]);
  const people = usePeople();
  const all = [...conversations.values()];
  const open = all.filter(({ state }) => state !== "closed");
  return (
    <div className="page stage">
      <header className="page-head">
        <h1>{["Stage", stage?.names.stage].filter(Boolean).join(" ")}</h1>
        {stage === null ? null : <span className="quiet mono">account {stage.accountSid.slice(0, 10)}…</span>}
      </header>
      <div className="cards">
        {stage === null ? null : <Flows stage={stage} />}
        {stage === null ? null : <Addresses stage={stage} />}
        <HowItIs />
        <section className="card wide-card" aria-labelledby="conversations">
          <h2 id="conversations">
            Conversations <span className="quiet">{open.length} open</span>
          </h2>
          {all.length === 0 ? (
            <p className="quiet">
              None yet. The first message to a number that opens Conversations makes one:{" "}
              <Link to={[]}>write it</Link>.
            </p>
          ) : (
            <ul className="plain">
              {all.slice(0, shownConversations).map((conversation) => (
                <ConversationRow key={conversation.sid} conversation={conversation} people={people} />
              ))}
            </ul>
          )}
          {all.length > shownConversations ? (
            <p className="quiet">and {all.length - shownConversations} older ones</p>
          ) : null}
        </section>
        <FollowedList title="Calls in text" items={calls} />
        {stage === null ? null : <DeployedFunctions stage={stage} />}
      </div>
    </div>
  );
}

type Properties = { readonly stage: Stage };

function Flows({ stage }: Properties): ReactNode {
  if (stage.flows.length === 0 && stage.services.length === 0) {
    return (
      <section className="card" aria-labelledby="nothing">
        <h2 id="nothing">Nothing is deployed</h2>
        <p className="quiet">
          <code>npm start</code> deploys stage local here; <code>npx pulumi up -s local</code> does it again
          after a change.
        </p>
      </section>
    );
  }
  return (
    <section className="card" aria-labelledby="flows">
      <h2 id="flows">Deployed Flows</h2>
      <ul className="plain">
        {stage.flows.map(({ sid, name, revision, published, at }) => (
          <li key={sid} className="line">
            <Link to={["flows", sid]}>
              <b>{name}</b>
            </Link>
            <span className="quiet">
              revision {revision}
              {published === revision
                ? ", published"
                : published === null
                  ? ", never published"
                  : `, a draft; ${published} is published`}
            </span>
            <time dateTime={at}>{momentOf(at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeployedFunctions({ stage }: Properties): ReactNode {
  if (stage.services.length === 0) return null;
  return (
    <section className="card wide-card" aria-labelledby="functions">
      <h2 id="functions">Functions</h2>
      {stage.services.map((service) =>
        service.environments.map(({ sid, domain, functions, variables, buildSid }) => (
          <div key={sid} className="environment">
            <h3>
              {service.name} <span className="mono quiet">{domain}</span>
            </h3>
            {buildSid === null ? <p className="quiet">No Build is deployed here.</p> : null}
            <ul className="plain">
              {functions.map(({ sid: function_, path, visibility }) => (
                <li key={function_} className="line">
                  <Link to={["functions"]} query={{ find: path }} className="mono">
                    {path}
                  </Link>
                  <span className="quiet">{visibility}</span>
                </li>
              ))}
            </ul>
            {variables.length === 0 ? null : (
              <details>
                <summary>{variables.length} Variables</summary>
                <dl className="pairs">
                  {variables.map((key) => (
                    <div key={key}>
                      <dt className="mono">{key}</dt>
                      <dd aria-label="not shown">••••••</dd>
                    </div>
                  ))}
                </dl>
              </details>
            )}
          </div>
        )),
      )}
    </section>
  );
}

function Addresses({ stage }: Properties): ReactNode {
  const names = new Map(stage.flows.map(({ sid, name }) => [sid, name]));
  const answering = stage.numbers.filter(
    ({ webhook, opensConversations }) => opensConversations || webhook !== null,
  );
  return (
    <section className="card" aria-labelledby="addresses">
      <h2 id="addresses">Addresses</h2>
      <ul className="plain">
        {stage.entries.map(({ sid, address, name, opens, flowSid, url }) => (
          <li key={sid} className="line">
            <span className="mono">{address}</span>
            <span className="quiet">
              {opens ? "opens a Conversation" : "opens none"}
              {flowSid === null ? "" : ", for "}
              {flowSid === null ? null : (
                <Link to={["flows", flowSid]}>{names.get(flowSid) ?? "a Flow that is gone"}</Link>
              )}
              {url === null ? "" : `, for ${url}`} {name === "" ? "" : `· ${name}`}
            </span>
          </li>
        ))}
        {answering
          .filter(({ address }) => stage.entries.every((entry) => entry.address !== address))
          .map(({ address, webhook }) => (
            <li key={address} className="line">
              <span className="mono">{address}</span>
              <span className="quiet wrap">asks {webhook}</span>
            </li>
          ))}
      </ul>
      <p className="quiet">
        {stage.numbers.length} addresses in the account, {stage.numbers.length - answering.length} of them
        unused or proxies
      </p>
    </section>
  );
}
