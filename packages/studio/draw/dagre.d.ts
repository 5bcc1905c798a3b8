/**
 * What is used of dagre. Its own types name their files without extensions, which TypeScript does not find for a module,
 * and everything would be `any`.
 */
declare module "@dagrejs/dagre" {
  interface Placed {
    /** Its layer, which a ranker sets. */
    rank?: number;
    /** Its place in its layer, which an order sets. */
    order?: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  interface EdgeName {
    readonly v: string;
    readonly w: string;
    readonly name?: string;
  }

  export class Graph {
    constructor(options: { multigraph: boolean });
    setGraph(label: {
      rankdir: "TB" | "LR";
      rankalign: "top";
      acyclicer?: "greedy";
      nodesep: number;
      edgesep: number;
      ranksep: number;
      marginx: number;
      marginy: number;
      ranker: (graph: Graph) => void;
    }): this;
    setNode(id: string, label: { width: number; height: number }): this;
    setEdge(
      from: string,
      to: string,
      label: { width: number; height: number; labelpos: "c"; weight?: number; minlen?: number },
      name: string,
    ): this;
    nodes(): string[];
    edges(): EdgeName[];
    edge(edge: EdgeName): { readonly minlen?: number; readonly weight?: number };
    graph(): { readonly width?: number; readonly height?: number };
    node(id: string): Placed;
    /** The middle of its label, when it has a size, and its points. */
    edge(
      from: string,
      to: string,
      name: string,
    ): Placed & { readonly points: readonly { x: number; y: number }[] };
  }

  /** Gives each node and each edge of the graph its place, in place. */
  export function layout(graph: Graph, options: { customOrder: (graph: Graph) => void }): void;
}
