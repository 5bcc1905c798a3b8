import { addressFault } from "@support-line/stage/address";
import { text, type Resource, type Rule } from "../rule.ts";

const addresses = /(?:whatsapp:)?\+\d{3,15}/g;

const isConfiguration = ({ type }: Resource) => type === "twilio:conversations:AddressConfiguration";

/** Where the Functions read whom they may ask. */
const isAgents = ({ type, props }: Resource) =>
  type === "twilio:serverless:Variable" && /_AGENTS(_\d+)?$/.test(text(props, "key") ?? "");

export const addressesOfTheirChannel: Rule = {
  name: "addresses-are-of-their-channel",
  description:
    "An address that its channel does not have never gets a message, and Twilio says so only when one is sent.",
  ofResource(resource) {
    if (!isConfiguration(resource)) return [];
    const [address, type] = [text(resource.props, "address"), text(resource.props, "type")];
    if (address === undefined || (type !== "sms" && type !== "whatsapp")) return [];
    const fault = addressFault(type, address);
    if (fault === null) return [];
    return [`The ${type} address of ${resource.name} ${fault}. Fix the line's address in the stage file.`];
  },
};

export const agentsHaveOwnPhones: Rule = {
  name: "agents-have-phones-of-their-own",
  description:
    "An agent who is reached by a number that customers write to would be answered by the line itself, in a circle that only the bill ends.",
  ofAll(resources) {
    const lines = new Set(
      resources.filter(isConfiguration).flatMap(({ props }) => text(props, "address") ?? []),
    );
    return resources.filter(isAgents).flatMap((about) => {
      const agents = (text(about.props, "value") ?? "").match(addresses) ?? [];
      return agents
        .filter((agent) => lines.has(agent))
        .map((agent) => ({
          about,
          wrong: `An agent's address, …${agent.slice(-4)}, is also an address that customers write to. Give the agent another in the stage file.`,
        }));
    });
  },
};
