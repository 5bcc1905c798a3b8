import pc from "picocolors";
import { duration } from "../duration.mjs";
import type { News } from "./session.ts";

/** As many lines as are shown of one save; whoever moves thirty widgets knows. */
const mostLines = 6;

/** What is new, as people read it: a line each. */
export function newsText(news: News): string[] {
  switch (news.kind) {
    case "live": {
      const shown = news.words.slice(0, mostLines);
      const more = news.words.length - shown.length;
      const lines = more > 0 ? [...shown, `and ${more} more`] : shown;
      return lines.map((line, at) => (at === lines.length - 1 ? `${line}, ${news.ms} ms` : line));
    }
    case "unchanged":
      return [`${news.files.join(", ")}: deploys as before`];
    case "left-to-engine":
      return [`${news.files.join(", ")}: live when the engine has run`];
    case "faults":
      return [...news.words.map((word) => pc.red(word)), "What ran before runs on."];
    case "recorded":
      return [pc.dim(`recorded, ${duration(news.ms)}`)];
    case "not-recorded":
      return [pc.red("The engine could not record it:"), ...news.words];
  }
}

/** The same for machines: one JSON object a line. */
export const newsJson = (news: News): string => JSON.stringify(news);
