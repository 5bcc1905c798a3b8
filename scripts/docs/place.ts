/** Where the repository is published. */
const repository = "https://github.com/support-line/support-line";

/**
 * Addresses of the repository.
 *
 * @param revision a branch or a tag
 */
export function placesOf(revision: string): { readonly repository: string; readonly files: string } {
  return { repository, files: `${repository}/blob/${revision}` };
}
