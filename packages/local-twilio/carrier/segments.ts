/**
 * How many SMS a text is: by GSM 03.38's 7-bit alphabet where every character is in it, by UCS-2 otherwise,
 * https://www.twilio.com/docs/glossary/what-sms-character-limit. A character of the alphabet's extension counts twice
 * and is never cut in two; nor is a pair of UCS-2 units that is one character.
 */

const gsm =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const gsmExtension = "\f^{}\\[~]|€";

/** What fits: into one that is alone, and into each of several. */
const fits = { gsm: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

/** The segments of a text; an empty one is one. */
export function countSegments(text: string): number {
  const characters = Array.from(text);
  const isGsm = characters.every((one) => gsm.includes(one) || gsmExtension.includes(one));
  const { alone, each } = isGsm ? fits.gsm : fits.ucs2;
  const lengths = characters.map((one) => (isGsm ? (gsmExtension.includes(one) ? 2 : 1) : one.length));
  if (lengths.reduce((sum, length) => sum + length, 0) <= alone) return 1;
  let segments = 1;
  let used = 0;
  for (const length of lengths) {
    if (used + length > each) {
      segments += 1;
      used = 0;
    }
    used += length;
  }
  return segments;
}
