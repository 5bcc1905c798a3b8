import { DateTime } from "luxon";
import { answer } from "./shared/answers.js";

const tips = {
  winter: "Keep them from the heater.",
  spring: "Cut the stems at a slant.",
  summer: "Change the water daily.",
  autumn: "A little sugar keeps them.",
};

/** A tip for the season, in an ES module. */
export const handler = (context, event, callback) => {
  const { month } = DateTime.fromSeconds(Number(event.now), { zone: "Europe/Berlin" });
  const season = ["winter", "spring", "summer", "autumn"][Math.floor((month % 12) / 3)];
  callback(null, answer({ text: tips[season] }));
};
