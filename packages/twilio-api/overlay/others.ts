import { each, json, listOf, objectOf, text, type OverlayRow } from "./overlay-row.ts";

/** A mapping is made of the SID of what it maps, and has that SID. */
const ownSid = (input: string): Pick<OverlayRow, "shownAs" | "reason"> => ({
  shownAs: { [input]: "sid" },
  reason: `it has the SID that goes in as ${input}`,
});

/** Products with a correction or two. */
export const others: readonly OverlayRow[] = [
  ...["numbers:Bundle", "trusthub:CustomerProfile", "trusthub:TrustProduct"].map((name) => ({
    token: `twilio:${name}`,
    filledIn: ["Status"],
    reason: "a draft as it is made",
  })),
  {
    token: "twilio:numbers:HostedNumberOrder",
    filledIn: ["Status", "VerificationCallDelay"],
    reason: "Twilio's own step of the order, and no delay",
  },
  ...each("sync", ["DocumentPermission", "SyncListPermission", "SyncMapPermission"], {
    placed: true,
    reason: "found by the identity that it is for; deleting it is setting all of it to false",
  }),
  ...each("routes", ["PhoneNumber", "SipDomain", "Trunks"], {
    placed: true,
    reason: "where calls to a number or a domain go is written at the number or the domain",
  }),
  ...each("lookups", ["LookupRateLimit"], {
    placed: true,
    reason: "a PUT to a bucket that its writer names",
  }),
  ...each("video", ["CompositionSettings", "RecordingSettings"], {
    placed: true,
    reason: "the account has one, at Default, and writing there again changes it",
  }),
  {
    token: "twilio:video:CompositionHook",
    forgottenInputs: ["AudioSources", "AudioSourcesExcluded"],
    reason: "live accounts emptied what an update left out",
  },
  ...each("messaging", ["PhoneNumber"], ownSid("PhoneNumberSid")),
  ...each("messaging", ["ShortCode"], ownSid("ShortCodeSid")),
  ...each("trunking", ["PhoneNumber"], ownSid("PhoneNumberSid")),
  ...each("trunking", ["CredentialList"], ownSid("CredentialListSid")),
  ...each("trunking", ["IpAccessControlList"], ownSid("IpAccessControlListSid")),
  {
    token: "twilio:messaging:BrandRegistrations",
    shownAs: { A2PProfileBundleSid: "a2p_profile_bundle_sid" },
    reason: "a digit in the name",
  },
  {
    token: "twilio:messaging:DomainCertV4",
    secretInputs: ["TlsCert"],
    reason: "the certificate comes with its private key",
  },
  {
    token: "twilio:events:Sink",
    secretInputs: ["SinkConfiguration"],
    secretProperties: ["sink_configuration"],
    reason: "a sink of Segment holds a write key there",
  },
  {
    token: "twilio:events:Sink",
    types: {
      SinkConfiguration: {
        kind: "json",
        holds: objectOf({
          destination: text,
          method: text,
          batch_events: { kind: "boolean" },
          arn: text,
          role_arn: text,
          external_id: text,
          write_key: text,
        }),
      },
    },
    openWords: ["SinkType"],
    reason: "what each kind of sink takes is on Twilio's page of sinks; the list of kinds grows",
  },
  {
    token: "twilio:events:Subscription",
    types: {
      Types: listOf({ kind: "json", holds: objectOf({ type: text, schema_version: { kind: "integer" } }) }),
    },
    reason: "each is the name of an event type and the version of its schema",
  },
  {
    token: "twilio:iam:Key",
    types: { Policy: { kind: "json", holds: objectOf({ allow: listOf(text) }) } },
    openWords: ["KeyType"],
    reason: "a restricted key's policy is the list of what it may do",
  },
  ...["numbers:Bundle", "numbers:HostedNumberOrder", "trusthub:CustomerProfile", "trusthub:TrustProduct"].map(
    (name) => ({
      token: `twilio:${name}`,
      openWords: ["Status"],
      reason: "steps of a review by people: Twilio adds some as its reviews change",
    }),
  ),
  {
    token: "twilio:messaging:TollfreeVerification",
    openWords: [
      "BusinessRegistrationAuthority",
      "BusinessType",
      "OptInType",
      "UseCaseCategories",
      "VettingProvider",
    ],
    reason: "what carriers ask for changes",
  },
  { token: "twilio:notify:Binding", openWords: ["BindingType"], reason: "channels come and go" },
  {
    token: "twilio:insights:Annotation",
    openWords: ["AnsweredBy", "ConnectivityIssue"],
    reason: "what can be wrong with a call is no closed list",
  },
  {
    token: "twilio:monitor:Alarm",
    openWords: ["queryType", "timeWindow"],
    reason: "a product in its first year",
  },
  {
    token: "twilio:lookups:LookupPhoneNumberOverrides",
    openWords: ["line_type"],
    reason: "kinds of lines, as carriers have them",
  },
  {
    token: "twilio:iam:OauthAppAccount",
    openWords: ["token_endpoint_auth_method"],
    reason: "other ways to prove it are in OAuth's standards",
  },
  { token: "twilio:verify:Webhook", openWords: ["Version"], reason: "versions are added" },
  {
    token: "twilio:content:Content",
    types: { types: json, variables: json },
    reason: "keyed by the kind of content (twilio/text) and by the number of a variable",
  },
  {
    token: "twilio:lookups:LookupPhoneNumberOverrides",
    shownAs: { line_type: "overridden_line_type", reason: "override_reason" },
    reason: "shown under names of their own",
  },
  {
    token: "twilio:insights:Annotation",
    shownAs: { QualityIssues: null },
    reason: "words in one text go in, a list is shown",
  },
  {
    token: "twilio:numbers:PortingPortIn",
    shownAs: { phone_numbers: null },
    reason: "shown with what came of each number and without its PIN",
  },
  {
    token: "twilio:assistants:AssistantKnowledgeAttachment",
    pathParameters: { id: "knowledgeId" },
    reason: "id is what Pulumi calls every resource",
  },
  {
    token: "twilio:assistants:AssistantToolAttachment",
    pathParameters: { id: "toolId" },
    reason: "id is what Pulumi calls every resource",
  },
  {
    token: "twilio:assistants:Assistant",
    secretInputs: ["segment_credential"],
    reason: "keys of a Segment workspace",
  },
  {
    token: "twilio:intelligence:Service",
    sidPrefix: "GA",
    reason: "the document's pattern is of another form",
  },
  {
    token: "twilio:accounts:CredentialAws",
    secretInputs: ["Credentials"],
    reason: "an AWS access key and its secret",
  },
  {
    token: "twilio:notify:Credential",
    secretInputs: ["Certificate", "PrivateKey", "ApiKey", "Secret"],
    reason: "push credentials",
  },
];
