/** The account's numbers and those that could be bought: forms alone, since they are the account's own. */
import type { Seen } from "@support-line/local-twilio/proof";
import { below, fieldOf, listOf, textOf, type Account, type Form } from "../account.ts";
import { typesOf } from "../mask.ts";
import type { Probe } from "../probe.ts";
import { refusal } from "./rest/index.ts";

interface Asks {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
  /** Null: the account has nothing to see it by. */
  readonly ask: (account: Account, at: string) => Promise<Seen | null>;
}

const document = "OpenAPI api 2010-04-01";

/** The first number of the account as it is listed, and as it is fetched. */
async function first(account: Account, at: string): Promise<Seen | undefined> {
  const { body } = await account.ask("GET", `${at}/IncomingPhoneNumbers.json?PageSize=1`);
  return listOf(body, "incoming_phone_numbers")[0];
}

const search =
  (country: string, kind: string, query: string): Asks["ask"] =>
  async (account, at) => {
    const { status, body } = await account.ask(
      "GET",
      `${at}/AvailablePhoneNumbers/${country}/${kind}.json?PageSize=1${query}`,
    );
    const [one] = listOf(body, "available_phone_numbers");
    return { status, keys: typesOf(body), found: one !== undefined };
  };

/** A purchase that has to be refused; a number that comes of it all the same goes back at once. */
const purchase =
  (form: Form): Asks["ask"] =>
  async (account, at) => {
    const collection = `${at}/IncomingPhoneNumbers.json`;
    const answer = await account.make(collection, { form });
    if (answer.status < 300) await account.remove(below(collection, textOf(answer.body, "sid")));
    return refusal(answer);
  };

const asks: readonly Asks[] = [
  {
    id: "listed",
    asks: "a number of the account in a list: fields and their types",
    source: `${document}, IncomingPhoneNumber`,
    ask: async (account, at) => {
      const one = await first(account, at);
      return one === undefined ? null : typesOf(one);
    },
  },
  {
    id: "fetched",
    asks: "a number of the account, fetched: in which fields it differs from the list",
    source: `${document}, IncomingPhoneNumber`,
    ask: async (account, at) => {
      const one = await first(account, at);
      if (one === undefined) return null;
      const { body } = await account.ask("GET", `${at}/IncomingPhoneNumbers/${textOf(one, "sid")}.json`);
      const names = Object.keys(body ?? {});
      return names.filter(
        (name) => JSON.stringify(fieldOf(body, name)) !== JSON.stringify(fieldOf(one, name)),
      );
    },
  },
  {
    id: "wrapped",
    asks: "what a list of the API of 2010 is wrapped in",
    source: document,
    ask: async (account, at) => {
      const { body } = await account.ask("GET", `${at}/IncomingPhoneNumbers.json?PageSize=1`);
      return Object.keys(body ?? {}).sort();
    },
  },
  {
    id: "filter",
    asks: "a list by a number that nobody has",
    source: `${document}, IncomingPhoneNumber`,
    ask: async (account, at) => {
      const { status, body } = await account.ask(
        "GET",
        `${at}/IncomingPhoneNumbers.json?PhoneNumber=%2B15005550000`,
      );
      return { status, found: listOf(body, "incoming_phone_numbers").length };
    },
  },
  {
    id: "search.US.Local",
    asks: "local numbers of the United States",
    source: `${document}, AvailablePhoneNumberLocal`,
    ask: search("US", "Local", "&SmsEnabled=true"),
  },
  {
    id: "search.US.TollFree",
    asks: "toll-free numbers of the United States",
    source: `${document}, AvailablePhoneNumberTollFree`,
    ask: search("US", "TollFree", ""),
  },
  {
    id: "search.DE.Mobile",
    asks: "mobile numbers of Germany",
    source: `${document}, AvailablePhoneNumberMobile`,
    ask: search("DE", "Mobile", ""),
  },
  {
    id: "search.nowhere",
    asks: "numbers of a country that there is not",
    source: document,
    ask: async (account, at) =>
      refusal(await account.ask("GET", `${at}/AvailablePhoneNumbers/XX/Local.json`)),
  },
  {
    id: "countries",
    asks: "a country in the list of countries: fields",
    source: `${document}, AvailablePhoneNumberCountry`,
    ask: async (account, at) =>
      typesOf((await account.ask("GET", `${at}/AvailablePhoneNumbers/US.json`)).body),
  },
  {
    id: "buy.none",
    asks: "a purchase that names nothing",
    source: "https://www.twilio.com/docs/api/errors/21402",
    ask: purchase({}),
  },
  {
    id: "buy.no-number",
    asks: "a purchase of what is not a number",
    source: "https://www.twilio.com/docs/api/errors/21421",
    ask: purchase({ PhoneNumber: "hello" }),
  },
  {
    id: "absent",
    asks: "a fetch of a number that is not one of the account's",
    source: `${document}, IncomingPhoneNumber`,
    ask: async (account, at) =>
      refusal(await account.ask("GET", `${at}/IncomingPhoneNumbers/PN${"0".repeat(32)}.json`)),
  },
  {
    id: "update-absent",
    asks: "an update of a number that is not one of the account's",
    source: `${document}, IncomingPhoneNumber`,
    ask: async (account, at) =>
      refusal(
        await account.ask("POST", `${at}/IncomingPhoneNumbers/PN${"0".repeat(32)}.json`, {
          form: { FriendlyName: "x" },
        }),
      ),
  },
  {
    id: "short-codes",
    asks: "the list of short codes",
    source: `${document}, ShortCode`,
    ask: async (account, at) =>
      Object.keys((await account.ask("GET", `${at}/SMS/ShortCodes.json?PageSize=1`)).body ?? {}).sort(),
  },
  {
    id: "lookup",
    asks: "a Lookup of a number that cannot be one",
    source: "OpenAPI lookups v2",
    ask: async (account) => (await account.ask("GET", "lookups.twilio.com/v2/PhoneNumbers/+1202")).body,
  },
  {
    id: "balance",
    asks: "the balance: fields and their types",
    source: `${document}, Balance`,
    ask: async (account, at) => typesOf((await account.ask("GET", `${at}/Balance.json`)).body),
  },
];

export const numbersProbe: Probe = {
  name: "numbers",
  part: "numbers",
  matters: "a stage whose lines name the account's numbers",
  questions: asks.map(({ id, asks: what, source }) => ({ id: `numbers.${id}`, asks: what, source })),
  async run({ account, saw, notAsked }) {
    const at = `api.twilio.com/2010-04-01/Accounts/${account.sid}`;
    for (const { id, ask } of asks) {
      const seen = await ask(account, at);
      if (seen === null) notAsked(`numbers.${id}`, "the account has no number");
      else saw(`numbers.${id}`, seen);
    }
  },
};
