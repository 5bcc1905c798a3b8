import { expect, test } from "vitest";
import { bodies } from "./bodies.ts";
import { controlApp } from "./index.ts";
import type { ControlParts } from "./parts.ts";
import { controlRoutes } from "./routes.ts";

const listed = controlRoutes.flatMap(({ routes }) => routes);

test("the table has every route that is served, and no other", () => {
  const served = controlApp({ twilio: {} } as ControlParts).routes.filter(({ method }) => method !== "ALL");
  expect(listed.map(({ method, path }) => `${method} /_local/v1${path}`).toSorted()).toEqual(
    served.map(({ method, path }) => `${method} ${path}`).toSorted(),
  );
});

test("every shape of a body is that of a route", () => {
  expect([...new Set(listed.flatMap(({ body }) => body ?? []))].toSorted()).toEqual(
    Object.keys(bodies).toSorted(),
  );
});
