/** Whether the bakery is open: {"open": "yes"}, or what to tell a customer. */
exports.handler = function (context, event, callback) {
  if (context.CLOSED === "yes") return callback(null, { open: "no", text: "We open at six." });
  callback(null, { open: "yes" });
};
