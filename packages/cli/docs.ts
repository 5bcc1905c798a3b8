/** Where the pages about the tool are: messages name a page by its address, since a person's own project has none of them. */
export const docs = "https://github.com/support-line/support-line/blob/main/docs";
