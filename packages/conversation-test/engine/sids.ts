/** SIDs in the order in which they are asked for, so that a script plays the same each time. */
export class Sids {
  #count = 0;

  next(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count.toString(16).padStart(32, "0")}`;
  }
}

export const accountSid = `AC${"0".repeat(32)}`;
export const flowSid = `FW${"0".repeat(32)}`;
export const serviceSid = `IS${"0".repeat(32)}`;
