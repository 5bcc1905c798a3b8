/** The call that `npm start` makes; `snow.test.ts` makes it too. */
import type { Script } from "@support-line/conversation-test";

const askForSnow: Script = async ({ customer }) => {
  await customer.calls();
  await customer.hears("There are 42 centimetres of snow.", "Press any key to end.");
  await customer.presses("1");
  await customer.hears("See you on the slopes.");
};

export default askForSnow;
