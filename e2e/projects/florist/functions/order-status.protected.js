const { DateTime } = require("luxon");
const { answer, numberIn } = require("./shared/answers");

/** What became of an order, from the private Asset with all of them. */
exports.handler = function (context, event, callback) {
  const orders = JSON.parse(Runtime.getAssets()["/orders.json"].open());
  const number = numberIn(event.order);
  const order = orders[number];
  if (order === undefined) return callback(null, answer({ text: `We have no order ${number}.` }));
  const day = DateTime.fromISO(order.ready, { zone: "Europe/Berlin" })
    .setLocale("en")
    .toFormat("cccc, LLLL d");
  callback(null, answer({ text: `Order ${number}, ${order.what}, is ready on ${day}.` }));
};
