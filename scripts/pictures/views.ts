/** The console's views, as they are photographed: where each is, and what to wait for or click first. */
import type { Page } from "playwright-core";
import { askControl } from "../../e2e/control.ts";
import { phoneOf } from "../../e2e/console/phones.ts";
import { newest } from "./stage.ts";

export interface View {
  /** What the picture's file begins with. */
  readonly name: string;
  /** What it shows, for whoever cannot see it. */
  readonly about: string;
  /** Its address in the console, given what the local Twilio has. */
  readonly path: (endpoint: string) => Promise<string>;
  /** Brings it to where it is photographed. */
  readonly ready: (page: Page) => Promise<void>;
}

const fixed = (path: string) => () => Promise.resolve(path);

/** Flows, Executions and Conversations, as the console itself is told of them. */
interface Snapshot {
  readonly flows: readonly { readonly sid: string; readonly name: string }[];
  readonly executions: readonly {
    readonly sid: string;
    readonly contact: string;
    readonly conversationSid: string | null;
  }[];
  readonly conversations: readonly {
    readonly sid: string;
    readonly participants: readonly { readonly address: string | null }[];
  }[];
}
const snapshot = async (endpoint: string) => (await askControl(endpoint, "snapshot")) as Snapshot;
const flowCalled = (name: string) => async (endpoint: string) => {
  const flow = (await snapshot(endpoint)).flows.find((each) => each.name.startsWith(name));
  return `flows/${flow?.sid ?? ""}`;
};
const conversation = async (endpoint: string) =>
  (await snapshot(endpoint)).conversations.find(({ participants }) =>
    participants.some(({ address }) => address === newest.customer),
  )?.sid ?? "";
const drawn = (page: Page) => page.locator(".widget").first().waitFor();

export const views: readonly View[] = [
  {
    name: "live",
    about: "Phones of a customer and an agent, and the Flow with its path lit",
    path: fixed(""),
    ready: async (page) => {
      await phoneOf(page, newest.customer).waitFor();
      if ((page.viewportSize()?.width ?? 0) > 760) await drawn(page);
    },
  },
  {
    name: "executions",
    about: "Executions, and where each one ended",
    path: fixed("executions"),
    ready: async (page) => {
      await page.locator(".executions .row").nth(1).waitFor();
    },
  },
  {
    name: "execution",
    about: "An Execution at one of its steps, with what the step knew and did",
    path: async (endpoint) => {
      const sid = await conversation(endpoint);
      const { executions } = await snapshot(endpoint);
      return `executions/${executions.findLast(({ conversationSid, contact }) => conversationSid === sid || contact === sid)?.sid ?? ""}`;
    },
    ready: async (page) => {
      await page.locator(".step", { hasText: "add-support-agent" }).first().click();
      await page.locator(".detail .invocation").waitFor();
    },
  },
  {
    name: "functions",
    about: "Runs of Functions",
    path: fixed("functions"),
    ready: async (page) => {
      await page.locator(".invocations .row").first().waitFor();
    },
  },
  {
    name: "calls",
    about: "What was asked of the REST API",
    path: fixed("calls"),
    ready: async (page) => {
      await page.locator(".calls .row").first().waitFor();
    },
  },
  {
    name: "stage",
    about: "What is deployed, and how it is",
    path: fixed("stage"),
    ready: async (page) => {
      await page.locator(".how").waitFor();
    },
  },
  {
    name: "tasks",
    about: "What TaskRouter has: queues, Tasks, Workers, reservations",
    path: fixed("tasks"),
    ready: async (page) => {
      await page.locator(".task").first().waitFor();
    },
  },
  {
    name: "conversation",
    about: "One Conversation: who came and went, and what was written",
    path: async (endpoint) => `conversations/${await conversation(endpoint)}`,
    ready: async (page) => {
      await page.locator(".history li").first().waitFor();
    },
  },
  { name: "flow-desk", about: "The desk's Flow", path: flowCalled("desk line"), ready: drawn },
  {
    name: "flow-large",
    about: "A Flow of 130 widgets",
    path: flowCalled("hotline"),
    ready: async (page) => {
      await drawn(page);
      await page.getByRole("combobox", { name: "Find a widget" }).fill("refund-which");
      await page.getByRole("option", { name: "refund-which" }).click();
      await page.locator(".widget.selected", { hasText: "refund-which" }).waitFor();
    },
  },
];
