/** Enum types: their names, and the one that many fields share. */

/** How a webhook is called. Twilio's documents write it in capitals for some and not for others, and mean the same. */
export const httpMethods = {
  token: "twilio:index:HttpMethod",
  meanings: {
    GET: "Twilio puts the parameters into the URL's query.",
    POST: "Twilio sends the parameters as a form in the body.",
  },
} as const;

/** Whether a list of words is that of the two ways to call a webhook. */
export function isHttpMethod(words: readonly string[] | undefined): boolean {
  return words?.length === 2 && words.every((word) => word.toUpperCase() in httpMethods.meanings);
}

/** `do-not-record`, `FIVE_MINS`, `tollFree` → `DoNotRecord`, `FiveMins`, `TollFree`. */
export function memberName(value: string): string {
  return value
    .split(/[^A-Za-z0-9]+/)
    .map((word) => {
      const rest = word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
      return word.slice(0, 1).toUpperCase() + rest;
    })
    .join("");
}
