/** The conversation that `npm start` plays; `petals.test.ts` plays it too. */
import type { Script } from "@support-line/conversation-test";

const askForAnOrder: Script = async ({ customer }) => {
  await customer.says("hello");
  await customer.hears(/^Petals here\./);
  await customer.says("order 1042, please");
  await customer.hears("Order 1042, twelve peonies, is ready on Friday, December 4.");
};

export default askForAnOrder;
