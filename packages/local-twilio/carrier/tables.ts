/** What the carrier keeps: messages by handset, how handsets misbehave, who opted out of what. */
import type { CarrierMessage, HandsetMessage, HandsetRule, MessageOrigin, Twilio } from "../product.ts";
import type { State } from "../state.ts";

/** A message on its way to a handset. */
export interface Moving {
  readonly message: CarrierMessage;
  readonly origin: MessageOrigin;
  readonly status: string;
}

export interface CarrierTables {
  addOutgoing(message: CarrierMessage, origin: MessageOrigin, at: string): void;
  addIncoming(message: CarrierMessage, at: string): void;
  setStatus(sid: string, status: string, errorCode: number | null): void;
  /** Messages that a stop caught between queue and handset, oldest first. */
  moving(): Moving[];
  handset(address: string): { inbox: HandsetMessage[]; outbox: HandsetMessage[] };
  /** The last messages from and to a handset, those on their way included, oldest first. */
  history(
    address: string,
    limit: number,
  ): (Moving & Pick<HandsetMessage, "at" | "errorCode"> & { isFromHandset: boolean })[];
  /** When a handset last wrote to a number, as ISO 8601; null: never. */
  lastWritten(handset: string, number: string): string | null;
  /** Where a message came from; undefined when the carrier never had it. */
  originOf(sid: string): MessageOrigin | undefined;
  handsets(): string[];
  rules(handset: string): HandsetRule[];
  setRules(handset: string, rules: readonly HandsetRule[]): void;
  isOptedOut(handset: string, number: string): boolean;
  setOptedOut(handset: string, number: string, optedOut: boolean): void;
}

const tables: State<CarrierTables> = { ofStore: false, open: openTables };

/** The carrier's tables. */
export function carrierTables(twilio: Twilio): CarrierTables {
  return twilio.state(tables);
}

function openTables({ store }: Twilio): CarrierTables {
  const { database } = store;
  const insert = database.prepare(
    "insert into carrier_messages (sid, handset, inbound, at, status, message, origin) values (?, ?, ?, ?, ?, ?, ?)",
  );
  const update = database.prepare("update carrier_messages set status = ?, error_code = ? where sid = ?");
  const selectMoving = database.prepare(
    "select * from carrier_messages where status in ('queued', 'sent') order by sequence",
  );
  const selectHandset = database.prepare(
    "select * from carrier_messages where handset = ? and status not in ('queued', 'sent') order by sequence",
  );
  const selectHistory = database.prepare(
    "select * from carrier_messages where handset = ? order by sequence desc limit ?",
  );
  const selectLast = database.prepare(
    "select at from carrier_messages where handset = ? and inbound = 1 and json_extract(message, '$.to') = ? order by sequence desc limit 1",
  );
  const selectOrigin = database.prepare("select origin from carrier_messages where sid = ?");
  const selectHandsets = database.prepare("select distinct handset from carrier_messages order by handset");
  const selectRules = database.prepare("select rule from carrier_rules where handset = ? order by place");
  const deleteRules = database.prepare("delete from carrier_rules where handset = ?");
  const insertRule = database.prepare("insert into carrier_rules (handset, place, rule) values (?, ?, ?)");
  const selectOptOut = database.prepare("select 1 from carrier_opt_outs where handset = ? and number = ?");
  const insertOptOut = database.prepare("insert or ignore into carrier_opt_outs values (?, ?)");
  const deleteOptOut = database.prepare("delete from carrier_opt_outs where handset = ? and number = ?");

  return {
    addOutgoing(message, origin, at) {
      insert.run(message.sid, message.to, 0, at, "queued", JSON.stringify(message), JSON.stringify(origin));
    },
    addIncoming(message, at) {
      insert.run(message.sid, message.from, 1, at, "delivered", JSON.stringify(message), "{}");
    },
    setStatus: (sid, status, errorCode) => void update.run(status, errorCode, sid),
    moving: () =>
      selectMoving.all().map((row) => ({
        message: JSON.parse(String(row["message"])) as CarrierMessage,
        origin: JSON.parse(String(row["origin"])) as MessageOrigin,
        status: String(row["status"]),
      })),
    handset(address) {
      const rows = selectHandset.all(address);
      return {
        inbox: rows.filter((row) => row["inbound"] === 0).map(toHandsetMessage),
        outbox: rows.filter((row) => row["inbound"] === 1).map(toHandsetMessage),
      };
    },
    history: (address, limit) =>
      selectHistory
        .all(address, limit)
        .map((row) => {
          const { at, errorCode, status, ...message } = toHandsetMessage(row);
          const origin = JSON.parse(String(row["origin"])) as MessageOrigin;
          return { message, origin, status, at, errorCode, isFromHandset: row["inbound"] === 1 };
        })
        .reverse(),
    lastWritten(handset, number) {
      const row = selectLast.get(handset, number);
      return row === undefined ? null : String(row["at"]);
    },
    originOf(sid) {
      const origin = selectOrigin.get(sid)?.["origin"];
      return typeof origin === "string" ? (JSON.parse(origin) as MessageOrigin) : undefined;
    },
    handsets: () => selectHandsets.all().map((row) => String(row["handset"])),
    rules: (handset) => selectRules.all(handset).map((row) => JSON.parse(String(row["rule"])) as HandsetRule),
    setRules(handset, rules) {
      store.transaction(() => {
        deleteRules.run(handset);
        for (const [place, rule] of rules.entries()) insertRule.run(handset, place, JSON.stringify(rule));
      });
    },
    isOptedOut: (handset, number) => selectOptOut.get(handset, number) !== undefined,
    setOptedOut: (handset, number, optedOut) =>
      void (optedOut ? insertOptOut : deleteOptOut).run(handset, number),
  };
}

function toHandsetMessage(row: Record<string, unknown>): HandsetMessage {
  const errorCode = row["error_code"];
  return {
    ...(JSON.parse(String(row["message"])) as CarrierMessage),
    at: String(row["at"]),
    status: String(row["status"]),
    errorCode: typeof errorCode === "number" ? errorCode : null,
  };
}
