/** A link to a view of this page: opened without loading it anew, unless the browser is asked for a tab of its own. */
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from "react";
import { go, hrefOf } from "../state/route.ts";

type Properties = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  /** The parts of the view's path. */
  readonly to: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
};

export function Link({ to, query, onClick, children, ...rest }: Properties): ReactNode {
  const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
  const href = hrefOf(...to) + search;
  const open = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    go(href);
  };
  return (
    <a {...rest} href={href} onClick={open}>
      {children}
    </a>
  );
}
