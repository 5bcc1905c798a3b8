/** The version of the provider and of the SDK that is generated from its schema. */
export const version = "0.1.0";
