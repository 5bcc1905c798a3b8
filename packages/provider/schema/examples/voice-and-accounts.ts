/** Examples of calls, trunks, keys and the other products. */
import type { Described } from "../described.ts";

export const voiceAndAccounts: Readonly<Record<string, Described>> = {
  "twilio:api:Address": {
    name: "office",
    example: [
      'customerName: "Acme"',
      'street: "1 Main Street"',
      'city: "Springfield"',
      'region: "IL"',
      'postalCode: "62701"',
      'isoCountry: "US"',
    ],
  },
  "twilio:api:Queue": { name: "callers", example: ['friendlyName: "support"', "maxSize: 100"] },
  "twilio:api:SigningKey": { name: "signing", example: ['friendlyName: "Tokens"'] },
  "twilio:api:UsageTrigger": {
    name: "spending",
    example: [
      'callbackUrl: "https://support.example.com/spending"',
      'triggerValue: "100"',
      'usageCategory: "totalprice"',
      'recurring: "daily"',
      'triggerBy: "price"',
    ],
  },
  "twilio:api:SipDomain": {
    name: "sipDomain",
    example: ['domainName: "support-line.sip.twilio.com"', 'voiceUrl: "https://support.example.com/voice"'],
  },
  "twilio:api:SipCredentialList": { name: "phones", example: ['friendlyName: "Phones"'] },
  "twilio:api:SipCredential": {
    name: "adasPhone",
    example: [
      "credentialListSid: phones.sid",
      'username: "ada"',
      'password: config.requireSecret("sipPassword")',
    ],
  },
  "twilio:api:SipIpAccessControlList": { name: "offices", example: ['friendlyName: "Offices"'] },
  "twilio:api:SipIpAddress": {
    name: "office1",
    example: [
      "ipAccessControlListSid: offices.sid",
      'friendlyName: "First floor"',
      'ipAddress: "203.0.113.10"',
    ],
  },
  "twilio:api:SipCredentialListMapping": {
    name: "phonesOfDomain",
    example: ["domainSid: sipDomain.sid", "credentialListSid: phones.sid"],
  },
  "twilio:api:SipIpAccessControlListMapping": {
    name: "officesOfDomain",
    example: ["domainSid: sipDomain.sid", "ipAccessControlListSid: offices.sid"],
  },
  "twilio:api:SipAuthCallsCredentialListMapping": {
    name: "phonesMayCall",
    example: ["domainSid: sipDomain.sid", "credentialListSid: phones.sid"],
  },
  "twilio:api:SipAuthCallsIpAccessControlListMapping": {
    name: "officesMayCall",
    example: ["domainSid: sipDomain.sid", "ipAccessControlListSid: offices.sid"],
  },
  "twilio:api:SipAuthRegistrationsCredentialListMapping": {
    name: "phonesMayRegister",
    example: ["domainSid: sipDomain.sid", "credentialListSid: phones.sid"],
  },
  "twilio:marketplace:InstalledAddOn": {
    name: "addOn",
    example: [
      'availableAddOnSid: "XB00000000000000000000000000000001"',
      "acceptTermsOfService: true",
      'uniqueName: "transcripts"',
    ],
  },
  "twilio:api:IncomingPhoneNumberAssignedAddOn": {
    name: "addOnOfNumber",
    example: ["resourceSid: supportNumber.sid", "installedAddOnSid: addOn.sid"],
  },
  "twilio:voice:ConnectionPolicy": { name: "exchanges", example: ['friendlyName: "Exchanges"'] },
  "twilio:voice:ConnectionPolicyTarget": {
    name: "exchange",
    example: ["connectionPolicySid: exchanges.sid", 'target: "sip:exchange.example.com"'],
  },
  "twilio:voice:ByocTrunk": {
    name: "carrier",
    example: [
      'friendlyName: "Carrier"',
      'voiceUrl: "https://support.example.com/voice"',
      "connectionPolicySid: exchanges.sid",
    ],
  },
  "twilio:voice:DialingPermissionsSettings": {
    name: "countries",
    example: ["dialingPermissionsInheritance: true"],
  },
  "twilio:voice:IpRecord": {
    name: "machine",
    example: ['friendlyName: "Carrier"', 'ipAddress: "203.0.113.20"'],
  },
  "twilio:voice:SourceIpMapping": {
    name: "machineOfDomain",
    example: ["ipRecordSid: machine.sid", "sipDomainSid: sipDomain.sid"],
  },
  "twilio:trunking:Trunk": {
    name: "trunk",
    example: ['friendlyName: "Exchange"', 'domainName: "support-line.pstn.twilio.com"'],
  },
  "twilio:trunking:OriginationUrl": {
    name: "ring",
    example: [
      "trunkSid: trunk.sid",
      'friendlyName: "Exchange"',
      'sipUrl: "sip:exchange.example.com"',
      "priority: 10",
      "weight: 10",
      "enabled: true",
    ],
  },
  "twilio:trunking:CredentialList": {
    name: "phonesOfTrunk",
    example: ["trunkSid: trunk.sid", "credentialListSid: phones.sid"],
  },
  "twilio:trunking:IpAccessControlList": {
    name: "officesOfTrunk",
    example: ["trunkSid: trunk.sid", "ipAccessControlListSid: offices.sid"],
  },
  "twilio:trunking:PhoneNumber": {
    name: "numberOfTrunk",
    example: ["trunkSid: trunk.sid", "phoneNumberSid: supportNumber.sid"],
  },
  "twilio:trunking:Recording": {
    name: "recordings",
    example: ["trunkSid: trunk.sid", 'mode: "record-from-answer-dual"', 'trim: "do-not-trim"'],
  },
  "twilio:routes:PhoneNumber": {
    name: "numberInIreland",
    example: ["phoneNumber: pulumi.interpolate`${supportNumber.phoneNumber}`", 'voiceRegion: "ie1"'],
  },
  "twilio:routes:SipDomain": {
    name: "domainInIreland",
    example: ["sipDomain: sipDomain.domainName", 'voiceRegion: "ie1"'],
  },
  "twilio:routes:Trunks": {
    name: "trunkInIreland",
    example: ['sipTrunkDomain: "support-line.pstn.twilio.com"', 'voiceRegion: "ie1"'],
  },
  "twilio:proxy:Service": { name: "masks", example: ['uniqueName: "couriers"'] },
  "twilio:proxy:PhoneNumber": { name: "mask", example: ["serviceSid: masks.sid", "sid: supportNumber.sid"] },
  "twilio:accounts:CredentialAws": {
    name: "bucketKey",
    example: ['friendlyName: "Bucket"', 'credentials: config.requireSecret("aws")'],
  },
  "twilio:accounts:CredentialPublicKey": {
    name: "publicKey",
    example: ['friendlyName: "Recordings"', 'publicKey: config.require("publicKey")'],
  },
  "twilio:iam:OauthAppAccount": {
    name: "program",
    example: [
      'type: "client_credentials"',
      'friendlyName: "Orders"',
      'description: "Reads messages"',
      'policy: { allow: ["/twilio/messaging/messages/list"] }',
      "accessTokenTtl: 3600",
    ],
  },
  "twilio:iam:Key": {
    name: "reader",
    example: [
      "accountSid: pulumi.interpolate`${supportNumber.accountSid}`",
      'friendlyName: "Reader"',
      'keyType: "restricted"',
      'policy: { allow: ["/twilio/messaging/messages/list"] }',
    ],
  },
  "twilio:monitor:Alarm": {
    name: "alarm",
    example: [
      'friendlyName: "Webhooks that fail"',
      'description: "Look at the Debugger"',
      'queryType: "ERROR_CODE"',
      'query: "11200"',
      "triggerValue: 10",
      'timeWindow: "FIVE_MINS"',
      'email: ["ada@example.com"]',
      "enabled: true",
    ],
  },
  "twilio:bulkexports:ExportConfiguration": {
    name: "messages",
    example: ['resourceType: "Messages"', "enabled: true"],
  },
  "twilio:lookups:LookupRateLimit": {
    name: "lookupsOfLineType",
    example: ['field: "line_type_intelligence"', 'bucket: "support"', "limit: 100", "ttl: 3600"],
  },
  "twilio:lookups:LookupPhoneNumberOverrides": {
    name: "reallyMobile",
    example: [
      'phoneNumber: "+15550100299"',
      'field: "line_type"',
      'lineType: "mobile"',
      'reason: "The customer says so"',
    ],
  },
  "twilio:insights:AccountSettings": {
    name: "insights",
    example: ["advancedFeatures: false", "voiceTrace: false"],
  },
  "twilio:intelligence:Service": {
    name: "transcripts",
    example: ['uniqueName: "calls"', 'languageCode: "en-US"'],
  },
  "twilio:intelligence:CustomOperator": {
    name: "mood",
    example: [
      'friendlyName: "Mood"',
      'operatorType: "Generative-JSON"',
      'config: { prompt: "How does the customer feel?" }',
    ],
  },
  "twilio:intelligence:OperatorAttachment": {
    name: "moodOfCalls",
    example: ["serviceSid: transcripts.sid", "operatorSid: mood.sid"],
  },
  "twilio:intelligence:Transcript": {
    name: "transcript",
    example: [
      "serviceSid: transcripts.sid",
      'channel: { media_properties: { source_sid: "RE00000000000000000000000000000001" } }',
    ],
  },
  "twilio:knowledge:Knowledge": {
    name: "manual",
    example: [
      'name: "Manual"',
      'type: "Web"',
      'knowledgeSourceDetails: { source: "https://example.com/manual" }',
    ],
  },
  "twilio:assistants:Assistant": {
    name: "assistant",
    example: ['name: "Helper"', 'personalityPrompt: "Be short."'],
  },
  "twilio:assistants:Knowledge": {
    name: "prices",
    example: ['name: "Prices"', 'type: "Text"', 'knowledgeSourceDetails: { content: "A repair is 20." }'],
  },
  "twilio:assistants:Tool": {
    name: "orders",
    example: [
      'name: "Orders"',
      'type: "WEBHOOK"',
      "enabled: true",
      'meta: { url: "https://support.example.com/orders", method: "GET" }',
    ],
  },
  "twilio:assistants:AssistantKnowledgeAttachment": {
    name: "knowsPrices",
    example: ["assistantId: assistant.twilioId", "knowledgeId: prices.twilioId"],
  },
  "twilio:assistants:AssistantToolAttachment": {
    name: "looksUpOrders",
    example: ["assistantId: assistant.twilioId", "toolId: orders.twilioId"],
  },
  "twilio:notify:Credential": {
    name: "push",
    example: ['type: "fcm"', 'friendlyName: "Android"', 'secret: config.requireSecret("fcm")'],
  },
  "twilio:notify:Service": {
    name: "notifications",
    example: ['friendlyName: "Support"', "fcmCredentialSid: push.sid"],
  },
  "twilio:notify:Binding": {
    name: "adasDevice",
    example: [
      "serviceSid: notifications.sid",
      'identity: "ada"',
      'bindingType: "sms"',
      'address: "+15550100299"',
    ],
  },
  "twilio:video:CompositionHook": {
    name: "films",
    example: ['friendlyName: "Films"', 'audioSources: ["*"]'],
  },
  "twilio:video:CompositionSettings": {
    name: "filmsKept",
    example: ['friendlyName: "Films"', "awsStorageEnabled: false", "encryptionEnabled: false"],
  },
  "twilio:video:RecordingSettings": {
    name: "recordingsKept",
    example: ['friendlyName: "Recordings"', "awsStorageEnabled: false", "encryptionEnabled: false"],
  },
  "twilio:video:Composition": {
    name: "film",
    example: ['roomSid: config.require("roomSid")', 'audioSources: ["*"]'],
  },
  "twilio:video:RoomRecordingRule": {
    name: "recorded",
    example: ['roomSid: config.require("roomSid")', 'rules: [{ type: "include", all: true }]'],
  },
  "twilio:video:RoomParticipantSubscribeRule": {
    name: "heard",
    example: [
      'roomSid: config.require("roomSid")',
      'participantSid: config.require("roomParticipantSid")',
      'rules: [{ type: "include", all: true }]',
    ],
  },
  "twilio:proxy:Participant": {
    name: "courier",
    example: [
      'serviceSid: config.require("proxyServiceSid")',
      'sessionSid: config.require("sessionSid")',
      'identifier: "+15550100299"',
    ],
  },
  "twilio:insights:Annotation": {
    name: "goodCall",
    example: ['callSid: config.require("callSid")', "callScore: 5", 'answeredBy: "human"'],
  },
  "twilio:numbers:PortingPortIn": {
    name: "port",
    example: [
      "accountSid: pulumi.interpolate`${supportNumber.accountSid}`",
      "documents: [bill.sid]",
      'phoneNumbers: [{ phoneNumber: "+12025550120", pin: config.requireSecret("pin") }]',
      'losingCarrierInformation: { customerName: "Acme", customerType: "Business", addressSid: office.sid, authorizedRepresentative: "Ada Example", authorizedRepresentativeEmail: "ada@example.com" }',
    ],
  },
};
