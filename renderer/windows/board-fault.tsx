import { Component, type ReactNode } from 'react';

type Props = { readonly children: ReactNode; readonly report: (code: string, message: string) => void };

/** Catches a board that cannot be drawn: says so in its place, reports it to the desk's health, and draws it again after 5 s. */
export class BoardFault extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };
  #again: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }
  override componentDidCatch(error: Error): void {
    this.props.report('boardFailed', error.message);
    this.#again = setTimeout(() => this.setState({ message: null }), 5_000);
  }
  override componentWillUnmount(): void {
    clearTimeout(this.#again);
  }
  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <p role="alert">This board cannot be drawn ({this.state.message}). Nothing was lost; it is drawn again in a moment.</p>
    );
  }
}
