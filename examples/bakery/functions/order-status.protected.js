const orders = { 1042: "is in the oven", 1043: "is ready" };

/** What became of an order. */
exports.handler = function (context, event, callback) {
  const number = String(event.order).replace(/\D/g, "");
  const status = orders[number];
  callback(null, { text: status ? `Order ${number} ${status}.` : `We have no order ${number}.` });
};
