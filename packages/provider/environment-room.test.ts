import { expect, test } from "vitest";
import { EnvironmentRoom } from "./environment-room.ts";
import { Secret, unknown, type Unknown } from "./values/value.ts";

const [environmentToken, variableToken] = ["twilio:serverless:Environment", "twilio:serverless:Variable"];
const [one, other] = [`ZE${"1".repeat(32)}`, `ZE${"2".repeat(32)}`];

/** Checks so many Variables of 400 bytes each; how many of them were refused. */
function refused(room: EnvironmentRoom, environmentSid: string | Unknown, count: number): number {
  return Array.from({ length: count }, (_, index) =>
    room.check(
      {
        token: variableToken,
        urn: `urn:${typeof environmentSid === "string" ? environmentSid : "new"}:${index}`,
      },
      { environmentSid, key: `KEY_${index}`, value: new Secret("x".repeat(400)) },
    ),
  ).filter((failures) => failures.length > 0).length;
}

test("the Variable that does not fit any more is refused, with the limit and without its value", () => {
  const room = new EnvironmentRoom();
  expect(refused(room, one, 7)).toBe(0);
  const [failure] = room.check(
    { token: variableToken, urn: "urn:last" },
    { environmentSid: one, key: "LAST", value: "y".repeat(400) },
  );
  expect(failure).toMatchObject({ property: "value" });
  expect(failure?.reason).toMatch(/with LAST the Variables .* take 3\d\d\d bytes.* 3072 .*82006/);
  expect(failure?.reason).not.toContain("yyy");
});

test("each Environment has its own room, and the same Variable checked again takes no more", () => {
  const room = new EnvironmentRoom();
  expect([refused(room, one, 7), refused(room, other, 7), refused(room, one, 7)]).toEqual([0, 0, 0]);
});

test("an Environment that is not made yet is known while it is the only one", () => {
  const room = new EnvironmentRoom();
  expect(refused(room, unknown, 8)).toBe(0);
  room.check({ token: environmentToken, urn: "urn:one" }, {});
  expect(refused(room, unknown, 8)).toBe(1);
  const two = new EnvironmentRoom();
  for (const urn of ["urn:one", "urn:two"]) two.check({ token: environmentToken, urn }, {});
  expect(refused(two, unknown, 8)).toBe(0);
});
