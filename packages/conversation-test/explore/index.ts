/** Ways through a Flow, found by search. */
export { explore, type Exploration, type ExploreOptions, type PlayableWay, type Way } from "./explore.ts";
