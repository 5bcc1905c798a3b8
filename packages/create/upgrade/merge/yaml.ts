/** YAML files by key, with the person's comments and order, and the new version's beside what is new. */
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parse,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from "yaml";
import { equal, isObject, type JsonValue } from "@support-line/studio";
import { nameOf, type Format } from "./by-key.ts";

export const yaml: Format = {
  read: (text) => (parse(text) ?? {}) as JsonValue,
  write: (value, { ours, theirs }) => {
    const [document, other] = [parseDocument(ours), parseDocument(theirs)];
    document.contents = fitted(
      document,
      document.contents,
      value,
      other,
      other.contents,
    ) as typeof document.contents;
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  },
};

const valueOf = (document: Document, node: unknown): JsonValue | undefined =>
  isNode(node) ? (node.toJS(document) as JsonValue) : undefined;

/** The node that holds a value: the person's where it can be, changed where it must be, else the new version's. */
function fitted(document: Document, own: unknown, value: JsonValue, other: Document, theirs: unknown): Node {
  if (isNode(own) && equal(valueOf(document, own), value)) return own;
  if (isNode(theirs) && equal(valueOf(other, theirs), value)) return theirs;
  if (isMap(own) && isObject(value)) {
    const found = (map: unknown, key: string): Pair | undefined =>
      isMap(map)
        ? map.items.find((pair) => (isScalar(pair.key) ? String(pair.key.value) : String(pair.key)) === key)
        : undefined;
    own.items = Object.entries(value).map(([key, inside]) => {
      const [mine, coming] = [found(own, key), found(theirs, key)];
      const pair = mine ?? coming ?? document.createPair(key, inside);
      pair.value = fitted(document, mine?.value, inside, other, coming?.value);
      return pair;
    });
    return own;
  }
  if (isSeq(own) && Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const named = (list: unknown, of: Document, item: JsonValue): unknown =>
      isSeq(list)
        ? list.items.find((each) => {
            const there = valueOf(of, each);
            return (
              there !== undefined &&
              (equal(there, item) || (nameOf(item) !== null && nameOf(there) === nameOf(item)))
            );
          })
        : undefined;
    own.items = items.map((item) =>
      fitted(document, named(own, document, item), item, other, named(theirs, other, item)),
    );
    return own;
  }
  return document.createNode(value);
}
