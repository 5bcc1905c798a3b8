/** STOP and START, as a phone writes them. The last of the probes that send: whatever goes wrong in between leaves the phone opted out. */
import { fieldOf, listOf, textOf } from "../../account.ts";
import type { Probe } from "../../probe.ts";
import type { Recorded } from "../deployed.ts";
import { openLine, settled } from "./line.ts";

const page = "https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out";

export const optOutProbe: Probe = {
  name: "messages/opt-out",
  part: "messages",
  needsNumbers: true,
  texts: 5,
  matters: "customers and agents who write STOP",
  questions: [
    { id: "opt-out.confirmed", asks: "the answer to STOP", source: page },
    { id: "opt-out.told", asks: "OptOutType in the webhook of STOP", source: page },
    {
      id: "opt-out.refused",
      asks: "a text to a phone that wrote STOP",
      source: "https://www.twilio.com/docs/api/errors/21610",
    },
    { id: "opt-out.started", asks: "a text to it once it wrote START", source: page },
  ],
  async run(asked) {
    const { account, saw } = asked;
    const { line, phone, inbound, send } = await openLine(asked);
    const api = `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json`;
    // A keyword stands alone in its text, so that this one can't be found by the run's prefix: its SID is noted.
    const write = async (Body: string) =>
      settled(asked, await account.make(api, { form: { From: phone, To: line, Body } }));
    const answers = async () => {
      const query = `To=${encodeURIComponent(phone)}&From=${encodeURIComponent(line)}&PageSize=50`;
      return listOf((await account.ask("GET", `${api}?${query}`)).body, "messages");
    };
    const before = (await answers()).length;
    await write("STOP");
    try {
      const came = await account.until(10, async () => {
        const all = await answers();
        return all.length > before ? all : null;
      });
      saw("opt-out.confirmed", came === null ? "none" : textOf(came[0], "body"));
      const isStop = ({ parameters: { Body = "" } }: Recorded) => /stop/i.test(Body);
      const told = (await inbound.wait((all) => all.some(isStop), 10)).find(isStop);
      saw("opt-out.told", told === undefined ? "no webhook" : (told.parameters["OptOutType"] ?? "missing"));
      const refused = await send(line, phone, "are you there?");
      saw("opt-out.refused", {
        status: refused.status,
        code: fieldOf(refused.body, "code") ?? fieldOf(await settled(asked, refused), "error_code") ?? null,
      });
    } finally {
      await write("START");
    }
    const again = await send(line, phone, "back again");
    saw("opt-out.started", { status: again.status, came: textOf(await settled(asked, again), "status") });
  },
};
