/**
 * The words by which a customer opts out of a number's messages, when they are all of a message, in any case:
 * https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out (default handling)
 */
export const optOutWords: readonly string[] = [
  "STOP",
  "STOPALL",
  "UNSUBSCRIBE",
  "CANCEL",
  "END",
  "QUIT",
  "REVOKE",
  "OPTOUT",
];
