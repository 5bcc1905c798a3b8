const token = <Name extends string>(name: Name) => `twilio:flex:${name}` as const;

export const tokens = {
  interaction: token("Interaction"),
  channel: token("InteractionChannel"),
  invite: token("InteractionChannelInvite"),
  participant: token("InteractionChannelParticipant"),
} as const;
