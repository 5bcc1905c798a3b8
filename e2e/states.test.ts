/**
 * Deployed stages outlive every move of a file. States that earlier code wrote are previewed with today's program: nothing is
 * created, deleted or replaced, and nothing is called otherwise. The others are in `states.long.test.ts`.
 */
import { isLeftAlone } from "./states/left-alone.ts";

isLeftAlone("support");
