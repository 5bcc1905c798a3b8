/** The life of one resource of each product; `life-cycle.long.test.ts` has every one. */
import { allResources, isResource } from "@support-line/twilio-api";
import { livesOf } from "./life-cycle/lives.ts";

const rows = allResources().filter(isResource);
livesOf(rows.filter((row) => rows.find(({ product }) => product === row.product) === row));
