/** A view that fails takes nothing else with it. */
import { Component, type ErrorInfo, type ReactNode } from "react";

export class Boundary extends Component<
  { readonly children: ReactNode },
  { readonly problem: string | null }
> {
  override state: { readonly problem: string | null } = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <div className="empty" role="alert">
        <h1>This view has failed</h1>
        <p className="mono">{problem}</p>
        <p>The local Twilio is not affected.</p>
        <button type="button" className="button" onClick={() => this.setState({ problem: null })}>
          Try again
        </button>
      </div>
    );
  }
}
