import { afterEach, expect, test } from "vitest";
import { createFunctionsHost } from "./host.ts";
import { createFunctionsPool } from "./pool.ts";
import { deploymentOf, domain, requestOf, textOf } from "./testing/deployment.ts";

const pool = createFunctionsPool();
afterEach(() => pool.close());

/** Says its process, how often it ran there, and whom it ran for. */
const code = {
  "/f": `let runs = 0;
  exports.handler = (context, event, callback) =>
    callback(null, [process.pid, ++runs, context.SERVICE_SID, context.NAME].join(' '));`,
};
const ask = async (host: ReturnType<typeof createFunctionsHost>) => {
  const [pid, runs, ...about] = textOf(await host.invoke(domain, requestOf("/f"))).split(" ");
  return { pid, runs, about };
};

test("the next deployment of the same code runs in the same process, as itself", async () => {
  const first = createFunctionsHost({ pool });
  await first.deploy(deploymentOf(code, { serviceSid: "ZS1", variables: { NAME: "one" } }));
  const one = await ask(first);
  await first.close();
  const second = createFunctionsHost({ pool });
  await second.deploy(deploymentOf(code, { serviceSid: "ZS2", variables: { NAME: "two" } }));
  const two = await ask(second);
  await second.close();
  expect(one).toMatchObject({ runs: "1", about: ["ZS1", "one"] });
  expect(two).toEqual({ pid: one.pid, runs: "2", about: ["ZS2", "two"] });
});

test("other code, another environment, and two at once have a process each", async () => {
  const hosts = [
    createFunctionsHost({ pool }),
    createFunctionsHost({ pool }),
    createFunctionsHost({ pool, env: { LANG: "de" } }),
  ];
  for (const host of hosts) await host.deploy(deploymentOf(code));
  const other = createFunctionsHost({ pool });
  await other.deploy(deploymentOf({ "/f": `${code["/f"]} // changed` }));
  const pids = await Promise.all([...hosts, other].map(async (host) => (await ask(host)).pid));
  expect(new Set(pids).size).toBe(4);
  for (const host of [...hosts, other]) await host.close();
});

test("a process that runs late is nobody's next", async () => {
  const slow = {
    "/f": "exports.handler = (c, e, callback) => e.wait || callback(null, String(process.pid));",
  };
  const first = createFunctionsHost({ pool, timeoutMs: 200 });
  await first.deploy(deploymentOf(slow));
  const pid = textOf(await first.invoke(domain, requestOf("/f")));
  await first.invoke(domain, requestOf("/f", { form: { wait: "ever" } }));
  await first.close();
  const second = createFunctionsHost({ pool });
  await second.deploy(deploymentOf(slow));
  expect(textOf(await second.invoke(domain, requestOf("/f")))).not.toBe(pid);
  await second.close();
});
